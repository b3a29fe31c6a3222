package dev.orrery.enrichment.http;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the connections to one service.
 *
 * @param maxConnections calls at the same time, 1 or more; 10,000 new charts a minute from a
 *     service that takes 50 ms need 25. Services answer 429 when they are asked too much at once
 * @param maxWaiting calls that may wait for a connection, 1 or more
 * @param connectLimit until a connection stands
 * @param maxResponse the largest answer that is read
 */
public record HttpSettings(
        @DefaultValue("48") int maxConnections,
        @DefaultValue("1000") int maxWaiting,
        @DefaultValue("2s") Duration connectLimit,
        @DefaultValue("1MB") DataSize maxResponse) {

    public HttpSettings {
        if (maxConnections < 1 || maxWaiting < 1) {
            throw new IllegalArgumentException(
                    "max-connections: "
                            + maxConnections
                            + ", max-waiting: "
                            + maxWaiting
                            + " (expected: >= 1)");
        }
        if (!connectLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "connect-limit: " + connectLimit + " (expected: above 0)");
        }
        if (maxResponse.toBytes() < 1024) {
            throw new IllegalArgumentException(
                    "max-response: " + maxResponse + " (expected: at least 1KB)");
        }
    }
}
