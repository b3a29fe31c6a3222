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
 */
@ConfigurationProperties("orrery.prompt")
record PromptSettings(
        @DefaultValue("2s") Duration readTimeLimit, @DefaultValue("10s") Duration botFreshness) {

    PromptSettings {
        requirePositive("orrery.prompt.read-time-limit", readTimeLimit);
        requirePositive("orrery.prompt.bot-freshness", botFreshness);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }
}
