package dev.orrery.llm.chain;

import org.jspecify.annotations.Nullable;

/**
 * What became of one step or one try of it; the shape of {@code AttemptTrace}.
 *
 * @param number place among the calls of the turn, counted from 1
 * @param result {@link #ANSWERED}, or the code of the failure, or why the step was skipped
 * @param firstTokenMillis from the call to the first visible text; null when none came
 * @param tookMillis duration of the call; 0 for a skipped step
 */
public record CallTrace(
        int number,
        String provider,
        String model,
        @Nullable String region,
        String result,
        @Nullable Long firstTokenMillis,
        long tookMillis) {

    /** The call brought the answer. */
    public static final String ANSWERED = "answered";

    /** This process has no such provider, or no key for it. */
    public static final String PROVIDER_UNAVAILABLE = "provider_unavailable";

    /** The same target has just failed, or has failed in this turn in a way that does not pass. */
    public static final String SKIPPED_DUPLICATE = "skipped_duplicate";

    private static final String SKIPPED = "skipped_";

    /** Whether the step was passed over. Who had no place for it says so like a provider. */
    boolean wasSkipped() {
        return result.startsWith(SKIPPED) || result.equals(PROVIDER_UNAVAILABLE);
    }
}
