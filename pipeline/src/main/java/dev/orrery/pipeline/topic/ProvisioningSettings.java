package dev.orrery.pipeline.topic;

import dev.orrery.topics.Topic;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the topics are made.
 *
 * @param client how to reach the brokers: {@code bootstrap.servers} and security, nothing else
 * @param partitions of every topic that the catalogue gives more than one, so that their counts
 *     stay equal; null leaves them to the catalogue
 * @param replicationFactor copies of every partition, at least 1
 * @param patience how long brokers and registry may take to appear
 */
public record ProvisioningSettings(
        Map<String, Object> client,
        @Nullable Integer partitions,
        int replicationFactor,
        Duration patience) {

    public ProvisioningSettings {
        client = Map.copyOf(client);
        if (partitions != null && partitions < 1) {
            throw new IllegalArgumentException(
                    "orrery.kafka.partitions: " + partitions + " (expected: >= 1)");
        }
        if (replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "orrery.kafka.replication-factor: " + replicationFactor + " (expected: >= 1)");
        }
    }

    int partitionsOf(Topic<?> topic) {
        return partitions == null || topic.partitions() == 1 ? topic.partitions() : partitions;
    }
}
