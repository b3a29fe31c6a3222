package dev.orrery.llm.chain;

import dev.orrery.llm.model.AtEndpoint;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of one step or one try of it; the shape of {@code AttemptTrace}.
 *
 * @param number place among the calls of the turn, counted from 1
 * @param result {@link #ANSWERED}, or the code of the failure, or why the step was skipped
 * @param firstTokenMillis from the call to the first visible text; null when none came
 * @param tookMillis duration of the call; 0 for a skipped step
 * @param costUsdMicros what the provider is taken to bill for it, in millionths of a US dollar; 0 for
 *     a skipped step; null when the price is not known, or the call goes on
 */
public record CallTrace(
        int number,
        String provider,
        String model,
        @Nullable String region,
        String result,
        @Nullable Long firstTokenMillis,
        long tookMillis,
        @Nullable Long costUsdMicros) {

    /** The call brought the answer. */
    public static final String ANSWERED = "answered";

    /** This process has no such provider, or no key for it. */
    public static final String PROVIDER_UNAVAILABLE = "provider_unavailable";

    /** The step names an address that may not be called. */
    public static final String ENDPOINT_REFUSED = "endpoint_refused";

    /** The same target has just failed, or has failed in this turn in a way that does not pass. */
    public static final String SKIPPED_DUPLICATE = "skipped_duplicate";

    /** The step may lie outside the regions that the conversation may go to. */
    public static final String REGION_NOT_ALLOWED = "region_not_allowed";

    /** The model knows nothing of tools, and they are required. */
    public static final String TOOLS_UNSUPPORTED = "tools_unsupported";

    /** No call: the model knows nothing of tools, and the calls that follow ask it without them. */
    public static final String TOOLS_DROPPED = "tools_dropped";

    /** The call was broken off, because one that was made beside it has shown text first. */
    public static final String LOST_TO_HEDGE = "lost_to_hedge";

    /** The call goes on: only in what a call beside it is told of the steps before. */
    public static final String STILL_RUNNING = "still_running";

    private static final String SKIPPED = "skipped_";

    private static final Set<String> NO_CALLS =
            Set.of(
                    PROVIDER_UNAVAILABLE,
                    ENDPOINT_REFUSED,
                    REGION_NOT_ALLOWED,
                    TOOLS_UNSUPPORTED,
                    TOOLS_DROPPED);

    /** What all of them cost; null when the cost of one is not known: a part is no sum. */
    public static @Nullable Long costMicros(List<CallTrace> calls) {
        long sum = 0;
        for (var call : calls) {
            if (call.costUsdMicros() == null) {
                return null;
            }
            sum += call.costUsdMicros();
        }
        return sum;
    }

    /** The one that has brought the answer: not always the last, where two were made at once. */
    public static CallTrace answering(List<CallTrace> calls) {
        return calls.stream()
                .filter(call -> call.result().equals(ANSWERED))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("BUG: an answer by no call"));
    }

    /** The same, by the code of the provider alone, see {@link AtEndpoint}. */
    public CallTrace withoutEndpoint() {
        return new CallTrace(
                number,
                AtEndpoint.provider(provider),
                model,
                region,
                result,
                firstTokenMillis,
                tookMillis,
                costUsdMicros);
    }

    /** Which target it was. */
    Step.Target target() {
        return new Step.Target(provider, model, region);
    }

    /** Whether there was no call. Who had no place for one says so like a provider. */
    boolean wasSkipped() {
        return result.startsWith(SKIPPED) || NO_CALLS.contains(result);
    }
}
