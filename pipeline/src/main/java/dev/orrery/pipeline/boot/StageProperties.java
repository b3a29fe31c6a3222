package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.stage.StageSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of this app's stages, see {@link StageSettings}, which checks them.
 *
 * @param concurrency records handled at once, until {@code ops.tuning} says otherwise
 * @param window offsets of a partition from the oldest record that is not done to the newest one
 *     received
 * @param drain time that records in flight have to finish when the app stops, below {@code
 *     oldestOpenLimit}; a shutdown waits 20 s at most
 * @param oldestOpenLimit age of a record in flight from which the stage calls itself unhealthy
 */
@ConfigurationProperties("orrery.stage")
record StageProperties(
        @DefaultValue("64") int concurrency,
        @DefaultValue("10000") int window,
        @DefaultValue("5s") Duration drain,
        @DefaultValue("60s") Duration oldestOpenLimit) {

    StageProperties {
        if (drain.compareTo(oldestOpenLimit) >= 0) {
            throw new IllegalArgumentException(
                    "orrery.stage.drain: "
                            + drain
                            + " (expected: less than oldest-open-limit "
                            + oldestOpenLimit
                            + ")");
        }
    }

    StageSettings settings() {
        return new StageSettings(concurrency, window, drain, oldestOpenLimit);
    }
}
