package dev.orrery.ingest.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the door waits for PostgreSQL.
 *
 * @param patience longest wait for one answer, connection included, above 0; then the client is
 *     told 503
 */
@ConfigurationProperties("orrery.store")
record StoreSettings(@DefaultValue("3s") Duration patience) {

    StoreSettings {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.store.patience: " + patience + " (expected: above 0)");
        }
    }
}
