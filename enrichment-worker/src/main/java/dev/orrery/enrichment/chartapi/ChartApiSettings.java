package dev.orrery.enrichment.chartapi;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask for charts over HTTP.
 *
 * @param userId that callers have to show with the key; blank, like the key, lets everybody ask
 * @param apiKey secret
 * @param mostWaiting births that may wait for a processor, 1 or more; one more is told to come
 *     again
 */
@ConfigurationProperties("orrery.chart-api")
public record ChartApiSettings(
        @DefaultValue("") String userId,
        @DefaultValue("") String apiKey,
        @DefaultValue("1000") int mostWaiting) {

    public ChartApiSettings {
        if (userId.isBlank() != apiKey.isBlank()) {
            throw new IllegalArgumentException(
                    "orrery.chart-api: user-id or api-key alone (expected: both or none)");
        }
        if (userId.contains(":")) {
            throw new IllegalArgumentException(
                    "orrery.chart-api.user-id: a colon in it (expected: none, as HTTP Basic wants it)");
        }
        if (mostWaiting < 1) {
            throw new IllegalArgumentException(
                    "orrery.chart-api.most-waiting: " + mostWaiting + " (expected: 1 or more)");
        }
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "ChartApiSettings[mostWaiting=" + mostWaiting + "]";
    }
}
