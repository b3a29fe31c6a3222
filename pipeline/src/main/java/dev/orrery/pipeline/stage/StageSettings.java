package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import java.time.Duration;

/**
 * Bounds of a stage.
 *
 * @param concurrency records handled at once, 1 to 10,000; in force until {@code ops.tuning} says
 *     otherwise
 * @param window offsets of a partition, from the oldest record that is not done to the newest one
 *     received; at least 400
 * @param drain time that records in flight have to finish when the stage stops
 * @param oldestOpenLimit age of a record in flight from which the stage calls itself unhealthy
 */
public record StageSettings(int concurrency, int window, Duration drain, Duration oldestOpenLimit) {

    public static final StageSettings DEFAULT =
            new StageSettings(64, 10_000, Duration.ofSeconds(5), Duration.ofSeconds(60));

    public StageSettings {
        WorkerSettings.requireConcurrency(concurrency);
        // One poll may still arrive after the window has been found to have room for it.
        if (window < 2 * GroupSettings.MAX_POLL_RECORDS) {
            throw new IllegalArgumentException(
                    "window: "
                            + window
                            + " (expected: >= "
                            + 2 * GroupSettings.MAX_POLL_RECORDS
                            + ")");
        }
        if (drain.isNegative() || drain.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: 0 to 60 s)");
        }
        if (!oldestOpenLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "oldestOpenLimit: " + oldestOpenLimit + " (expected: > 0)");
        }
    }
}
