package dev.orrery.prompt;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the prompt worker reads.
 *
 * @param readTimeLimit limit of one read from PostgreSQL, above 0; what takes longer is tried again
 *     by the stage
 * @param botFreshness how long a bot's name, description and zone are remembered, above 0; a change
 *     is seen that late
 * @param memoryTimeLimit how long an answer waits for the user's memories, above 0; then it goes
 *     without
 * @param memoryFreshness how long they are remembered, above 0; a change is seen that late
 */
@ConfigurationProperties("orrery.prompt")
record PromptSettings(
        @DefaultValue("2s") Duration readTimeLimit,
        @DefaultValue("10s") Duration botFreshness,
        @DefaultValue("250ms") Duration memoryTimeLimit,
        @DefaultValue("10s") Duration memoryFreshness) {

    PromptSettings {
        requirePositive("orrery.prompt.read-time-limit", readTimeLimit);
        requirePositive("orrery.prompt.bot-freshness", botFreshness);
        requirePositive("orrery.prompt.memory-time-limit", memoryTimeLimit);
        requirePositive("orrery.prompt.memory-freshness", memoryFreshness);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }
}
