package dev.orrery.pipeline.topic;

import dev.orrery.pipeline.serde.RegistryClient;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics of the catalogue, the dead-letter topics of the app's stages, and the schemas of
 * both. What exists is compared and never changed: another number of partitions would break the
 * order of the records in it, so it is refused.
 *
 * <p>Blocks; called once, before anything is read or written. Several apps may do so at the same
 * time.
 */
public final class TopicProvisioning {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioning.class);

    /**
     * Every later version of an event can be read by every earlier reader, and the other way round.
     */
    private static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    /** Part of what the client says when it knows none of the brokers' addresses. */
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final ProvisioningSettings settings;
    private final RegistryClient registry;
    private final Collection<String> deadLetterTopics;

    /**
     * @param deadLetterTopics names of the dead-letter topics that this app writes to
     */
    public TopicProvisioning(
            ProvisioningSettings settings,
            RegistryClient registry,
            Collection<String> deadLetterTopics) {
        this.settings = settings;
        this.registry = registry;
        this.deadLetterTopics = List.copyOf(deadLetterTopics);
    }

    /**
     * Makes what is missing. When it returns, every topic stands and the registry client knows the
     * id of every schema.
     *
     * @throws ProvisioningFailed when a topic is not as it should be, or brokers or registry stay
     *     away
     */
    public void provision() {
        long giveUpAt = System.nanoTime() + settings.patience().toNanos();
        boolean said = false;
        while (true) {
            try (Admin admin = admin()) {
                provision(admin);
                return;
            } catch (RetriableException away) {
                if (System.nanoTime() - giveUpAt > 0) {
                    throw new ProvisioningFailed(
                            "Kafka or the schema registry did not answer within "
                                    + settings.patience(),
                            away);
                }
                if (!said) {
                    log.info("Waiting for Kafka and the schema registry: {}", away.getMessage());
                    said = true;
                }
            }
            LockSupport.parkNanos(this, BETWEEN_TRIES.toNanos());
        }
    }

    /**
     * @throws RetriableException when no broker's name can be resolved yet, as where all containers
     *     start at once; the client has no type for that
     */
    private Admin admin() {
        try {
            return Admin.create(adminSettings());
        } catch (KafkaException failure) {
            if (failure.getCause() instanceof ConfigException cause
                    && String.valueOf(cause.getMessage()).contains(UNRESOLVED)) {
                throw new DisconnectException(cause.getMessage(), failure);
            }
            throw failure;
        }
    }

    /** The names of all topics that this app may write to. */
    public List<String> topics() {
        var names = new ArrayList<>(Topics.all().stream().map(Topic::name).toList());
        names.addAll(deadLetterTopics);
        return names;
    }

    private void provision(Admin admin) {
        var wanted = wanted();
        create(admin, missing(admin, wanted));
        // Compared after creation: another app may have been first, with other settings.
        compare(admin, wanted.values());
        awaitServed(admin, wanted.values());
        registerSchemas();
    }

    private Map<String, NewTopic> wanted() {
        var wanted = new LinkedHashMap<String, NewTopic>();
        Topics.all().forEach(topic -> wanted.put(topic.name(), newTopic(topic)));
        deadLetterTopics.forEach(name -> wanted.put(name, deadLetters(name)));
        return wanted;
    }

    private NewTopic newTopic(Topic<?> topic) {
        var configuration = new HashMap<String, String>();
        configuration.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                topic.compacted()
                        ? TopicConfig.CLEANUP_POLICY_COMPACT
                        : TopicConfig.CLEANUP_POLICY_DELETE);
        configuration.put(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(topic.keptFor().map(Duration::toMillis).orElse(-1L)));
        return new NewTopic(
                        topic.name(),
                        settings.partitionsOf(topic),
                        (short) settings.replicationFactor())
                .configs(configuration);
    }

    private NewTopic deadLetters(String name) {
        return new NewTopic(name, 1, (short) settings.replicationFactor())
                .configs(
                        Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(DEAD_LETTERS_KEPT.toMillis())));
    }

    private static List<NewTopic> missing(Admin admin, Map<String, NewTopic> wanted) {
        var described = admin.describeTopics(wanted.keySet()).topicNameValues();
        return wanted.values().stream()
                .filter(topic -> describe(described, topic) == null)
                .toList();
    }

    private static void create(Admin admin, List<NewTopic> missing) {
        admin.createTopics(missing)
                .values()
                .forEach((name, created) -> {
                    try {
                        await(created);
                        log.info("Made topic {}", name);
                    } catch (TopicExistsException another) {
                        log.debug("Topic {} was made by another app at this moment", name);
                    }
                });
    }

    private static void compare(Admin admin, Collection<NewTopic> wanted) {
        var described =
                admin.describeTopics(wanted.stream().map(NewTopic::name).toList())
                        .topicNameValues();
        var differences = new ArrayList<String>();
        for (NewTopic topic : wanted) {
            var existing = describe(described, topic);
            if (existing == null) {
                throw new UnknownTopicOrPartitionException(
                        "topic " + topic.name() + " is not known to all brokers yet");
            }
            int partitions = existing.partitions().size();
            if (partitions != topic.numPartitions()) {
                differences.add(
                        topic.name()
                                + ": "
                                + partitions
                                + " (expected: "
                                + topic.numPartitions()
                                + ")");
            }
        }
        if (!differences.isEmpty()) {
            throw new ProvisioningFailed(
                    "The number of partitions is part of the order of records and is never changed here. Set"
                            + " orrery.kafka.partitions to what exists, or make new topics. Partitions of "
                            + String.join(", ", differences),
                    null);
        }
    }

    /**
     * A broker may know of a partition and not serve it yet. It would refuse the first batch of a
     * producer and, a moment later, take the second, which an idempotent producer never gets over.
     */
    private static void awaitServed(Admin admin, Collection<NewTopic> topics) {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                latest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        await(admin.listOffsets(latest).all());
    }

    private void registerSchemas() {
        for (Topic<?> topic : Topics.all()) {
            registry.setCompatibility(topic.subject(), COMPATIBILITY);
            registry.register(topic.subject(), SpecificData.get().getSchema(topic.type()));
        }
    }

    private static @Nullable TopicDescription describe(
            Map<String, KafkaFuture<TopicDescription>> described, NewTopic topic) {
        var answer = described.get(topic.name());
        if (answer == null) {
            throw new IllegalStateException("BUG: no answer about topic " + topic.name());
        }
        try {
            return await(answer);
        } catch (UnknownTopicOrPartitionException missing) {
            return null;
        }
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new ProvisioningFailed("Kafka failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProvisioningFailed("interrupted while waiting for Kafka", interrupted);
        }
    }

    private Map<String, Object> adminSettings() {
        var admin = new HashMap<>(settings.client());
        int timeout = Math.toIntExact(ANSWER_TIMEOUT.toMillis());
        admin.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        admin.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        admin.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        return admin;
    }
}
