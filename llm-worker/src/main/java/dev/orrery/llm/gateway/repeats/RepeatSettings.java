package dev.orrery.llm.gateway.repeats;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long answers are known again by their request ids. Their texts stand in Redis meanwhile.
 *
 * @param life of an answer there, 0 to 7 days; 0 keeps none
 * @param redisLimit of one command, above 0; what takes longer is done without
 * @param maxAnswer the largest answer that is kept, 1 KB to 4 MB
 */
public record RepeatSettings(
        @DefaultValue("24h") Duration life,
        @DefaultValue("250ms") Duration redisLimit,
        @DefaultValue("256KB") DataSize maxAnswer) {

    private static final Duration LONGEST_LIFE = Duration.ofDays(7);
    private static final DataSize LEAST_ANSWER = DataSize.ofKilobytes(1);
    private static final DataSize GREATEST_ANSWER = DataSize.ofMegabytes(4);

    public RepeatSettings {
        if (life.isNegative() || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException(
                    "orrery.gateway.repeats.life: " + life + " (expected: 0 to 7 days)");
        }
        if (!redisLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.gateway.repeats.redis-limit: " + redisLimit + " (expected: above 0)");
        }
        if (maxAnswer.compareTo(LEAST_ANSWER) < 0 || maxAnswer.compareTo(GREATEST_ANSWER) > 0) {
            throw new IllegalArgumentException(
                    "orrery.gateway.repeats.max-answer: " + maxAnswer + " (expected: 1KB to 4MB)");
        }
    }
}
