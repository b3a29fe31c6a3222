package dev.orrery.prompt.revisions;

/**
 * What follows when a model will not answer: the next attempt, unless a revision wants the chain to
 * end there.
 *
 * @param contentFilteredIsFinal where the provider or the model refused the conversation
 * @param contextTooLongIsFinal where the conversation does not fit into the model's window
 */
public record AfterRefusal(boolean contentFilteredIsFinal, boolean contextTooLongIsFinal) {

    /** The next attempt, whatever the reason. */
    public static final AfterRefusal NEXT_ATTEMPT = new AfterRefusal(false, false);

    private static final String FINAL = "final";

    static AfterRefusal of(Metadata refusals) {
        return new AfterRefusal(
                isFinal(refusals, "content_filtered"), isFinal(refusals, "context_too_long"));
    }

    private static boolean isFinal(Metadata refusals, String name) {
        return refusals.word(name, "next_attempt", FINAL).equals(FINAL);
    }
}
