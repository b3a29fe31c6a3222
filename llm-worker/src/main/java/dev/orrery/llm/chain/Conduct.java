package dev.orrery.llm.chain;

/**
 * How a chain is to be run, as far as whoever asks has a say.
 *
 * @param refusals what follows when a model will not answer
 * @param hedged whether a call that is slow to begin may be given a rival, see {@link Hedging}
 * @param toolsRequired whether a model that knows nothing of tools is passed over where the
 *     conversation has some; it is asked without them otherwise
 * @param startsOver whether another call may follow one that has shown something, which is void
 *     then; the chain ends with the call otherwise
 */
public record Conduct(
        Refusals refusals, boolean hedged, boolean toolsRequired, boolean startsOver) {

    /** Goes on after a refusal, one call at a time. */
    public static final Conduct DEFAULT = new Conduct(Refusals.DEFAULT, false, false);

    /** Of a chain that may start over. */
    public Conduct(Refusals refusals, boolean hedged, boolean toolsRequired) {
        this(refusals, hedged, toolsRequired, true);
    }

    /** The same of a chain whose reader keeps what was shown. */
    public Conduct withoutStartingOver() {
        return new Conduct(refusals, hedged, toolsRequired, false);
    }

    /** As {@link #DEFAULT}, but for what follows a refusal. */
    public static Conduct after(Refusals refusals) {
        return new Conduct(refusals, false, false);
    }
}
