package dev.orrery.pipeline.stage;

import org.jspecify.annotations.Nullable;

/**
 * A token bucket: so many starts per second, with a burst of at most a tenth of a second's worth.
 * Not thread-safe; {@link Lanes} guards it. Times are nanoseconds on any one scale that does not
 * run backwards.
 */
final class StartRate {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BURST_SECONDS = 0.1;

    private @Nullable Double perSecond;
    private double tokens;
    private long filledNanos;

    void change(@Nullable Double nextPerSecond, long nowNanos) {
        if (perSecond == null) {
            tokens =
                    1; // the first start need not wait; a change of an existing rate grants nothing
            filledNanos = nowNanos;
        }
        perSecond = nextPerSecond;
    }

    /** Takes a token: 0 when there was one, otherwise how long to wait before asking again. */
    long take(long nowNanos) {
        long wait = waitNanos(nowNanos);
        if (wait == 0 && perSecond != null) {
            tokens -= 1;
        }
        return wait;
    }

    /** How long until there is a token; 0 when there is one. */
    long waitNanos(long nowNanos) {
        var rate = perSecond;
        if (rate == null) {
            return 0;
        }
        double burst = Math.max(1, rate * BURST_SECONDS);
        tokens = Math.min(burst, tokens + (nowNanos - filledNanos) / NANOS_PER_SECOND * rate);
        filledNanos = nowNanos;
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / rate * NANOS_PER_SECOND);
    }
}
