package dev.orrery.llm.chain;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.TimedOut;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.llm.prices.Cost;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * One call, as those who listen hear of it. Its end is told once and last, though a cancellation
 * may meet it, or text that was on its way when the cancellation came: who listens may let go of a
 * call that has ended.
 *
 * <p>Thread safety: any thread; what is told is told under the lock.
 */
final class HeardCall {

    private final Call call;
    private final CallStream stream;
    private final CallListener audience;
    private final Prices prices;
    private final Ticker ticker;
    private boolean ended;

    HeardCall(Call call, CallStream stream, CallListener audience, Prices prices, Ticker ticker) {
        this.call = call;
        this.stream = stream;
        this.audience = audience;
        this.prices = prices;
        this.ticker = ticker;
    }

    void began() {
        audience.began(call);
    }

    synchronized void firstText() {
        if (!ended) {
            audience.firstText(call);
        }
    }

    synchronized void text(String text) {
        if (!ended) {
            audience.text(call, text);
        }
    }

    Toll answered(FinishReason finishReason) {
        return end(CallTrace.ANSWERED, null, finishReason);
    }

    Toll failed(ModelFailure failure) {
        return end(failure.code(), failure, null);
    }

    /** Another call, made beside it, has shown text first. */
    void lost() {
        end(CallTrace.LOST_TO_HEDGE, null, null);
    }

    void cancelled() {
        end(CallReport.CANCELLED, null, null);
    }

    /** What it has taken by now; it is about to be broken off with this result. */
    Toll soFar(String result) {
        return toll(result, null);
    }

    private synchronized Toll end(
            String result, @Nullable ModelFailure failure, @Nullable FinishReason finishReason) {
        var toll = toll(result, failure);
        if (!ended) {
            ended = true;
            audience.ended(
                    new CallReport(
                            call,
                            result,
                            failure,
                            toll.timing(),
                            requestId(failure),
                            stream.shownBytes(),
                            stream.usage(),
                            finishReason,
                            toll.cost()));
        }
        return toll;
    }

    private Toll toll(String result, @Nullable ModelFailure failure) {
        return new Toll(stream.timing(ticker.now()), cost(wasAtWork(result, failure)));
    }

    private @Nullable String requestId(@Nullable ModelFailure failure) {
        var noted = failure == null ? null : failure.requestId();
        return noted == null ? stream.requestId() : noted;
    }

    /**
     * Whether we broke it off while the model was at work, or may have been: what it has read by
     * then is billed, and a caller who leaves early is not to ask for nothing. One that was still
     * connecting counts too, unless the time for that was what ended it.
     */
    private boolean wasAtWork(String result, @Nullable ModelFailure failure) {
        boolean brokenOff =
                failure instanceof TimedOut late
                        ? late.limit() != TimedOut.Limit.CONNECT
                        : result.equals(CallTrace.LOST_TO_HEDGE)
                                || result.equals(CallReport.CANCELLED);
        return brokenOff && stream.wasAsked();
    }

    /**
     * Unknown usage is not zero: who has shown text without stating usage is taken to bill for what
     * was sent and shown. Who has done neither is taken to bill nothing, except where the model was
     * broken off at work.
     */
    private @Nullable Cost cost(boolean atWork) {
        var step = call.step();
        var stated = stream.usage();
        if (stated != null && stated.costMicros() != null) {
            return new Cost(stated.costMicros(), false);
        }
        if (stated != null) {
            return prices.cost(step.provider(), step.model(), stated, false);
        }
        long shownBytes = stream.shownBytes();
        return shownBytes == 0 && !atWork
                ? Cost.NONE
                : prices.cost(
                        step.provider(),
                        step.model(),
                        TokenEstimate.usage(call.conversation(), shownBytes),
                        true);
    }
}
