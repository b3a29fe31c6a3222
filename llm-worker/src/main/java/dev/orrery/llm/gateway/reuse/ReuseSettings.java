package dev.orrery.llm.gateway.reuse;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which answers are given more than once.
 *
 * @param size how much is kept of questions at temperature 0 and their answers; 0 keeps nothing
 * @param life how long an answer is kept, above 0
 */
public record ReuseSettings(@DefaultValue("0B") DataSize size, @DefaultValue("10m") Duration life) {

    public ReuseSettings {
        if (size.isNegative() || !life.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.gateway.cache: size %s, life %s (expected: 0 or more, above 0)"
                            .formatted(size, life));
        }
    }
}
