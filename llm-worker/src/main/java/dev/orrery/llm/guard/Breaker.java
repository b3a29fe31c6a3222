package dev.orrery.llm.guard;

import dev.orrery.llm.chain.CallGate.Admission;
import dev.orrery.llm.chain.CallGate.Reason;
import dev.orrery.llm.chain.CallListener;
import dev.orrery.llm.chain.CallReport;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether one target is worth asking. Two things close its way: a circuit breaker, once too many of
 * its calls have failed, and a pause that the target itself has asked for.
 *
 * <p>States: closed (calls pass) to open (none does) to half-open (a few do, as probes), and from
 * there to either. A pause lies above all of them.
 *
 * <p>Thread safety: any number of calls at once.
 */
final class Breaker {

    private final CircuitBreaker circuit;
    private final BreakerSettings settings;
    private final Ticker ticker;

    /** On the ticker, in nanoseconds: no call before it. */
    private final AtomicLong resumesAt;

    Breaker(CircuitBreaker circuit, BreakerSettings settings, Ticker ticker) {
        this.circuit = circuit;
        this.settings = settings;
        this.ticker = ticker;
        this.resumesAt = new AtomicLong(ticker.now());
    }

    Admission admit(boolean lastResort) {
        if (lastResort) {
            return new Admission.Granted(new Watch(false));
        }
        return !isPausing() && circuit.tryAcquirePermission()
                ? new Admission.Granted(new Watch(true))
                : new Admission.Refused(Reason.SKIPPED_OPEN);
    }

    private boolean isPausing() {
        return resumesAt.get() - ticker.now() > 0;
    }

    /** 0 closed, 1 half-open, 2 open or pausing. */
    int state() {
        if (isPausing()) {
            return 2;
        }
        return switch (circuit.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
        };
    }

    /**
     * Learns from one call.
     *
     * @param permitted whether the circuit knows of it
     */
    private final class Watch implements CallListener {

        private final boolean permitted;

        Watch(boolean permitted) {
            this.permitted = permitted;
        }

        @Override
        public void ended(CallReport report) {
            long took = report.timing().tookMillis();
            var failure = report.failure();
            if (failure != null) {
                pause(pauseAfter(failure));
            }
            if (report.result().equals(CallTrace.ANSWERED)) {
                succeeded(took);
            } else if (failure != null && speaksAgainst(failure) && !report.wasCutShort()) {
                circuit.onError(took, TimeUnit.MILLISECONDS, failure);
            } else if (permitted) {
                circuit.releasePermission();
            }
        }

        /** A last resort that has answered makes the rest of the wait needless. */
        private void succeeded(long took) {
            if (!permitted && circuit.getState() == CircuitBreaker.State.OPEN) {
                circuit.transitionToHalfOpenState();
            } else {
                circuit.onSuccess(took, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void pause(Duration length) {
        if (length.isPositive()) {
            long until = ticker.now() + length.toNanos();
            resumesAt.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
        }
    }

    private Duration pauseAfter(ModelFailure failure) {
        if (failure instanceof ModelFailure.QuotaExhausted) {
            return settings.quotaPause();
        }
        var asked = failure.retryAfter();
        if (asked == null) {
            return Duration.ZERO;
        }
        return asked.compareTo(settings.longestPause()) < 0 ? asked : settings.longestPause();
    }

    /**
     * Whether a failure tells of the target's health. What was wrong with the question does not;
     * and who says when to come back is not broken.
     */
    private static boolean speaksAgainst(ModelFailure failure) {
        return switch (failure) {
            case ModelFailure.RejectedInput ignored -> false;
            case ModelFailure.ContextTooLong ignored -> false;
            case ModelFailure.ContentFiltered ignored -> false;
            case ModelFailure.QuotaExhausted ignored -> false;
            case ModelFailure.RateLimited limited -> limited.retryAfter() == null;
            case ModelFailure.TimedOut ignored -> true;
            case ModelFailure.Overloaded ignored -> true;
            case ModelFailure.ServerError ignored -> true;
            case ModelFailure.ConnectionFailed ignored -> true;
            case ModelFailure.Unauthorised ignored -> true;
            case ModelFailure.MalformedResponse ignored -> true;
            case ModelFailure.EmptyResponse ignored -> true;
            case ModelFailure.TruncatedStream ignored -> true;
        };
    }
}
