package dev.orrery.llm.chain;

import java.util.List;

/**
 * Hears of the calls that chains make. Of one call it hears that it began, at most once that it has
 * shown its first text, all texts that it shows, and exactly once how it ended, in this order; the
 * end is told before the chain goes on. All of that is told of the same object {@link Call}. The
 * end of a chain is told once, after the ends of its calls.
 *
 * <p>Threads: called on those of the providers' connections and of timers, for many calls at once,
 * so it must be thread-safe and must not block. What it throws is logged and harms nothing.
 */
public interface CallListener {

    /** A model is asked. */
    default void began(Call call) {}

    /** The first visible text or tool call has come. */
    default void firstText(Call call) {}

    /** Text is shown; the first one too. Not for logs. */
    default void text(Call call, String text) {}

    /** The call is over, whatever ended it. */
    void ended(CallReport report);

    /**
     * The chain is over, answered or not; of one that is cancelled nothing is told here.
     *
     * @param primary its first step
     * @param calls what became of its steps, by number
     */
    default void chainEnded(Step primary, List<CallTrace> calls) {}
}
