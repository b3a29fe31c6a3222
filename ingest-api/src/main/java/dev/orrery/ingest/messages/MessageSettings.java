package dev.orrery.ingest.messages;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is promised to a message.
 *
 * @param deadline from acceptance to the latest end of its turn, above 0; then the turn fails and
 *     costs nothing
 * @param grace added to the deadline before the sweeper ends the turn, 0 or more; room for an end
 *     that is on its way
 */
@ConfigurationProperties("orrery.messages")
public record MessageSettings(
        @DefaultValue("120s") Duration deadline, @DefaultValue("5s") Duration grace) {

    public MessageSettings {
        if (!deadline.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "orrery.messages: deadline="
                            + deadline
                            + " grace="
                            + grace
                            + " (expected: above 0; 0 or more)");
        }
    }
}
