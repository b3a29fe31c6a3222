package dev.orrery.pipeline.boot;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How turns are run.
 *
 * @param lease how long a run owns its turn without renewing it, 500 ms to 60 s; also how long a
 *     turn of a dead worker waits for the next one
 */
@ConfigurationProperties("orrery.turn")
record TurnProperties(@DefaultValue("5s") Duration lease) {

    TurnProperties {
        if (lease.toMillis() < 500 || lease.toMillis() > 60_000) {
            throw new IllegalArgumentException(
                    "orrery.turn.lease: " + lease + " (expected: 500 ms to 60 s)");
        }
    }
}
