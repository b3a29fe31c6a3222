package dev.orrery.enrichment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the enrichment worker works.
 *
 * @param patience for all facts of a turn together, above 0; less when its deadline is nearer
 * @param readTimeLimit of one read of a profile, above 0; what takes longer is tried again by the
 *     stage
 * @param redisUrl {@code redis://host:port}, with {@code rediss} for TLS; may hold a password
 */
@ConfigurationProperties("orrery.enrichment")
record EnrichmentSettings(
        @DefaultValue("5s") Duration patience,
        @DefaultValue("2s") Duration readTimeLimit,
        @DefaultValue("redis://localhost:6379") String redisUrl) {

    EnrichmentSettings {
        requirePositive("orrery.enrichment.patience", patience);
        requirePositive("orrery.enrichment.read-time-limit", readTimeLimit);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0)");
        }
    }

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "EnrichmentSettings[patience=" + patience + ", readTimeLimit=" + readTimeLimit + "]";
    }
}
