package dev.orrery.llm.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the connections to providers, and where they may lead.
 *
 * @param maxConnections connections to one provider, 1 or more; a stream needs one for as long as
 *     it lasts. As many calls again may wait for one, within their limit for the connection
 * @param maxIdle how long a connection is kept for the next call; shorter than what providers
 *     allow, because a connection that they have closed costs the next call its try
 * @param maxAge how long a connection is used at all, so that changes of DNS are noticed
 * @param maxEvent the largest single event of a stream
 * @param maxResponse the largest response, counted in bytes as received
 * @param plainHttp whether {@code http://} may go beyond this machine, key and text in the clear
 * @param privateAddresses whether an endpoint that a caller or the database names may lie on this
 *     machine or in a private network; for development. Link-local addresses, where clouds keep
 *     their metadata, stay refused
 * @param endpointHosts hosts that callers and the database may name, {@code *.example.com} for all
 *     names with one label before that; empty means none
 */
public record HttpSettings(
        @DefaultValue("1024") int maxConnections,
        @DefaultValue("15s") Duration maxIdle,
        @DefaultValue("5m") Duration maxAge,
        @DefaultValue("1MB") DataSize maxEvent,
        @DefaultValue("16MB") DataSize maxResponse,
        @DefaultValue("refused") Permission plainHttp,
        @DefaultValue("refused") Permission privateAddresses,
        @DefaultValue Set<String> endpointHosts) {

    /** How long the body of a failure may take: nobody waits for more than it has said by then. */
    public static final Duration LONGEST_ERROR = Duration.ofSeconds(1);

    /** Of connections that lead where it is safe. */
    public HttpSettings(
            int maxConnections,
            Duration maxIdle,
            Duration maxAge,
            DataSize maxEvent,
            DataSize maxResponse) {
        this(
                maxConnections,
                maxIdle,
                maxAge,
                maxEvent,
                maxResponse,
                Permission.REFUSED,
                Permission.REFUSED,
                Set.of());
    }

    @ConstructorBinding
    public HttpSettings {
        endpointHosts =
                endpointHosts.stream()
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .filter(host -> !host.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
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
