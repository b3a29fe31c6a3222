package dev.orrery.pipeline.tuning;

import org.jspecify.annotations.Nullable;

/**
 * What is in force in a worker at this moment.
 *
 * @param concurrency records handled at once, 1 to 10,000
 * @param ratePerSecond records begun per second, above 0; null for no limit
 * @param paused whether nothing new is begun
 */
public record WorkerSettings(int concurrency, @Nullable Double ratePerSecond, boolean paused) {

    private static final int HIGHEST_CONCURRENCY = 10_000;

    public WorkerSettings {
        requireConcurrency(concurrency);
        if (ratePerSecond != null && !(ratePerSecond > 0 && Double.isFinite(ratePerSecond))) {
            throw new IllegalArgumentException(
                    "ratePerSecond: " + ratePerSecond + " (expected: > 0)");
        }
    }

    /**
     * @throws IllegalArgumentException when a stage cannot handle so many records at once
     */
    public static void requireConcurrency(int concurrency) {
        if (concurrency < 1 || concurrency > HIGHEST_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency: "
                            + concurrency
                            + " (expected: 1 to "
                            + HIGHEST_CONCURRENCY
                            + ")");
        }
    }

    /** As configured, before anybody has tuned it. */
    public static WorkerSettings configured(int concurrency) {
        return new WorkerSettings(concurrency, null, false);
    }
}
