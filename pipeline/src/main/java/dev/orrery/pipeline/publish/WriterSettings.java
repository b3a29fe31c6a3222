package dev.orrery.pipeline.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How records are written. Everything that protects data or bounds a wait is stated, whatever the
 * client's default is.
 *
 * @param client how to reach the brokers: {@code bootstrap.servers} and security, nothing else
 * @param name of the app; begins the client id and the thread's name
 * @param compression none, lz4, zstd, snappy or gzip. None suits small records that must not wait
 *     for each other
 * @param deliveryTimeout how long a record may wait for the writing thread, and once more how long
 *     the client may try to deliver it, retries included; so a caller hears of a failure within
 *     twice this time. More than {@code requestTimeout}
 * @param requestTimeout for one answer of a broker
 * @param longestBlock how long the writing thread may wait for metadata or for room in the client's
 *     buffer
 * @param maxOpen records that may be queued or unacknowledged, at least 1; one more is refused. A
 *     bound of records, not of bytes: one has at most 1 MiB, a usual one less than 4 KiB
 */
public record WriterSettings(
        Map<String, Object> client,
        String name,
        String compression,
        Duration deliveryTimeout,
        Duration requestTimeout,
        Duration longestBlock,
        int maxOpen) {

    private static final int BATCH_BYTES = 64 * 1024;
    private static final long BUFFER_BYTES = 32L * 1024 * 1024;
    private static final int LARGEST_REQUEST_BYTES = 1024 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    /** A topic that nobody wrote to for a while must not cost the next record a round trip. */
    private static final Duration METADATA_KEPT = Duration.ofDays(7);

    public WriterSettings {
        client = Map.copyOf(client);
        if (deliveryTimeout.compareTo(requestTimeout) <= 0) {
            throw new IllegalArgumentException(
                    "deliveryTimeout: "
                            + deliveryTimeout
                            + " (expected: more than requestTimeout "
                            + requestTimeout
                            + ")");
        }
        if (maxOpen < 1) {
            throw new IllegalArgumentException("maxOpen: " + maxOpen + " (expected: >= 1)");
        }
    }

    /** The settings that suit every app. */
    public static WriterSettings of(Map<String, Object> client, String name) {
        return new WriterSettings(
                client,
                name,
                "none",
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                20_000);
    }

    /** The same settings with another compression. */
    public WriterSettings compressedBy(String other) {
        return new WriterSettings(
                client, name, other, deliveryTimeout, requestTimeout, longestBlock, maxOpen);
    }

    Map<String, Object> producer() {
        var settings = new HashMap<>(client);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name + "-writer");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                5); // the most that keeps order
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0); // a token is not to wait for the next one
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST_BYTES);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(deliveryTimeout));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(requestTimeout));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, longestBlock.toMillis());
        settings.put(
                ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                CONNECT_TIMEOUT.toMillis());
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, FIRST_RETRY.toMillis());
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, LONGEST_RETRY.toMillis());
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, FIRST_RETRY.toMillis());
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RETRY.toMillis());
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_KEPT.toMillis());
        settings.put(
                ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG,
                List.of()); // Micrometer measures, not JMX
        return settings;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
