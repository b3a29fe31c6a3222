package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.consume.GroupProtocol;
import dev.orrery.pipeline.serde.AvroDeserializer;
import dev.orrery.pipeline.serde.AvroSerializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this app uses Kafka.
 *
 * @param bootstrapServers host:port, several parted by commas
 * @param client further settings of every client, security above all, under Kafka's own names
 * @param groupProtocol how the members of a group share partitions: classic or consumer
 * @param instanceId name of this instance, unique among the replicas of the app; absent makes every
 *     start a new member
 * @param serializer class that writes values: ours, or Confluent's where its jar is present
 * @param deserializer class that reads values: ours, or Confluent's where its jar is present
 * @param compression of what is written: none, lz4, zstd, snappy or gzip. None by default: most
 *     records are tiny and leave alone, so that there is little to compress and nothing to wait for
 * @param partitions of the topics that have more than one; absent leaves them to the catalogue. At
 *     least 1
 * @param replicationFactor copies of every partition, at least 1
 * @param patience how long brokers and registry may take to appear at start-up
 */
@ConfigurationProperties("orrery.kafka")
record KafkaProperties(
        @DefaultValue("localhost:9092") String bootstrapServers,
        @DefaultValue Map<String, String> client,
        @DefaultValue("classic") GroupProtocol groupProtocol,
        @Nullable String instanceId,
        @DefaultValue(OUR_SERIALIZER) Class<?> serializer,
        @DefaultValue(OUR_DESERIALIZER) Class<?> deserializer,
        @DefaultValue("none") String compression,
        @Nullable Integer partitions,
        @DefaultValue("1") int replicationFactor,
        @DefaultValue("60s") Duration patience) {

    private static final String OUR_SERIALIZER = "dev.orrery.pipeline.serde.AvroSerializer";
    private static final String OUR_DESERIALIZER = "dev.orrery.pipeline.serde.AvroDeserializer";

    KafkaProperties {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "orrery.kafka.bootstrap-servers: empty (expected: host:port)");
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.kafka.patience: " + patience + " (expected: > 0)");
        }
    }

    /** How to reach the brokers, and nothing else. */
    Map<String, Object> clientSettings() {
        var settings = new HashMap<String, Object>(client);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    boolean usesOurSerializer() {
        return serializer == AvroSerializer.class;
    }

    boolean usesOurDeserializer() {
        return deserializer == AvroDeserializer.class;
    }
}
