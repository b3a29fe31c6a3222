package dev.orrery.llm.chain;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Cost;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param result {@link CallTrace#ANSWERED}, {@link #CANCELLED}, {@link CallTrace#LOST_TO_HEDGE}, or
 *     the code of the failure
 * @param failure null unless the call has failed
 * @param requestId the provider's own id of the call; null when it gave none
 * @param shownBytes length of the text that was shown, in bytes of UTF-8
 * @param usage what the provider stated last, also of a call that failed later; null when it did
 *     not say
 * @param finishReason null unless the call was answered
 * @param cost what the provider is taken to bill for it, whether it was answered or not; null when
 *     the price is not known
 */
public record CallReport(
        Call call,
        String result,
        @Nullable ModelFailure failure,
        Timing timing,
        @Nullable String requestId,
        long shownBytes,
        ModelChunk.@Nullable Usage usage,
        @Nullable FinishReason finishReason,
        @Nullable Cost cost) {

    /** Whoever asked did not want the answer any more. */
    public static final String CANCELLED = "cancelled";

    /**
     * Whether the call has failed because whoever asked gave it less time than is usual, or no room
     * for an answer. That tells nothing of its target: otherwise one caller could have everybody
     * kept away from a model.
     */
    public boolean wasCutShort() {
        return switch (failure) {
            case ModelFailure.TimedOut late -> call.step().limits().isHurried(late.limit());
            case ModelFailure.EmptyResponse empty -> empty.hadNoRoom();
            case null, default -> false;
        };
    }

    /** Of a call that one gate had admitted and another one refused. */
    static CallReport neverMade(Call call) {
        return new CallReport(call, CANCELLED, null, Timing.NONE, null, 0, null, null, Cost.NONE);
    }
}
