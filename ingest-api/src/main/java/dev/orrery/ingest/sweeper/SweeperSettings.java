package dev.orrery.ingest.sweeper;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the sweeper goes about.
 *
 * @param interval between two sweeps of this instance, above 0
 * @param patience how old something has to be before it counts as cut off, and how long a sweep
 *     tries to tell it, above 0; well above the time that publishing and its mark take
 * @param limit findings of each kind in one sweep, at least 1
 */
@ConfigurationProperties("orrery.sweeper")
record SweeperSettings(
        @DefaultValue("1s") Duration interval,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("200") int limit) {

    SweeperSettings {
        if (!interval.isPositive() || !patience.isPositive() || limit < 1) {
            throw new IllegalArgumentException(
                    "orrery.sweeper: interval="
                            + interval
                            + " patience="
                            + patience
                            + " limit="
                            + limit
                            + " (expected: above 0, above 0, >= 1)");
        }
    }
}
