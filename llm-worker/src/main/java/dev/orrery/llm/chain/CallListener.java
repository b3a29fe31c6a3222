package dev.orrery.llm.chain;

/**
 * Hears of the calls that chains make. Of one call it hears that it began, at most once that it has
 * shown its first text, and exactly once how it ended, in this order; the end is told before the
 * chain goes on.
 *
 * <p>Threads: called on those of the providers' connections and of timers, for many calls at once,
 * so it must be thread-safe and must not block. What it throws is logged and harms nothing.
 */
public interface CallListener {

    /** A model is asked. */
    default void began(Call call) {}

    /** The first visible text or tool call has come. */
    default void firstText(Call call) {}

    /** The call is over, whatever ended it. */
    void ended(CallReport report);
}
