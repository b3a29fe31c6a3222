package dev.orrery.llm.http;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the connections to providers.
 *
 * @param maxConnections connections to one provider, 1 or more; a stream needs one for as long as
 *     it lasts. As many calls again may wait for one, within their limit for the connection
 * @param maxIdle how long a connection is kept for the next call; shorter than what providers
 *     allow, because a connection that they have closed costs the next call its try
 * @param maxAge how long a connection is used at all, so that changes of DNS are noticed
 * @param maxEvent the largest single event of a stream
 * @param maxResponse the largest response, counted in bytes as received
 */
public record HttpSettings(
        @DefaultValue("1024") int maxConnections,
        @DefaultValue("15s") Duration maxIdle,
        @DefaultValue("5m") Duration maxAge,
        @DefaultValue("1MB") DataSize maxEvent,
        @DefaultValue("16MB") DataSize maxResponse) {

    public HttpSettings {
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "max-connections: " + maxConnections + " (expected: >= 1)");
        }
        if (!maxIdle.isPositive() || !maxAge.isPositive()) {
            throw new IllegalArgumentException(
                    "max-idle: " + maxIdle + ", max-age: " + maxAge + " (expected: above 0)");
        }
        if (maxEvent.toBytes() < 1024 || maxEvent.toBytes() > maxResponse.toBytes()) {
            throw new IllegalArgumentException(
                    "max-event: "
                            + maxEvent
                            + " (expected: 1KB to max-response, which is "
                            + maxResponse
                            + ")");
        }
    }

    /** What is in force when nothing is configured. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                1024,
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(16));
    }
}
