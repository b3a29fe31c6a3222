package dev.orrery.pipeline.consume;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * How this process joins consumer groups.
 *
 * @param clientSettings how to reach the brokers: {@code bootstrap.servers} and security, nothing
 *     else
 * @param protocol how partitions are shared
 * @param instanceId name of this instance, unique among the replicas; with it, a member that comes
 *     back within the session time-out finds its partitions where it left them. Null makes every
 *     start a new member.
 */
public record GroupSettings(
        Map<String, Object> clientSettings, GroupProtocol protocol, @Nullable String instanceId) {

    /** Most records of one poll; bounds what can arrive after a stage has had enough. */
    public static final int MAX_POLL_RECORDS = 200;

    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS =
            1_000; // also how soon a member learns of a rebalance
    private static final int MAX_POLL_INTERVAL_MILLIS = 120_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int RECONNECT_AFTER_AT_MOST_MILLIS = 1_000;
    private static final int METADATA_AGE_MILLIS = 30_000;

    public GroupSettings {
        clientSettings = Map.copyOf(clientSettings);
    }

    /** Settings of a consumer of this group. Each call makes a client id of its own. */
    public Map<String, Object> consumerSettings(String group) {
        var settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + UUID.randomUUID());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"); // what was accepted is handled
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // There are no transactions; a reader of committed records would only wait for those of
        // others.
        settings.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_UNCOMMITTED.toString().toLowerCase(Locale.ROOT));
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1); // no record waits for another one
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
        settings.put(
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                RECONNECT_AFTER_AT_MOST_MILLIS);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.configValue());
        if (instanceId != null) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + instanceId);
        }
        switch (protocol) {
            case CLASSIC -> {
                settings.put(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        CooperativeStickyAssignor.class.getName());
                settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
                settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
            }
            case CONSUMER -> {
                // Session, heartbeat and assignor are the broker's settings here; the client
                // refuses to be given any.
            }
        }
        return settings;
    }
}
