package dev.orrery.embedded.registry;

import dev.orrery.embedded.host.StartFailed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic that is the registry's only memory, as a log that reads its own writes:
 * {@link #append} returns when the reader has handed the entry on.
 *
 * <p>One thread of its own reads; the listener is called on it. Appending is safe on any thread,
 * but deciding what to append is the caller's to serialise.
 */
final class SchemaLog implements AutoCloseable {

    static final String TOPIC = "_schemas";

    private static final Logger LOG = LoggerFactory.getLogger(SchemaLog.class);

    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final LogFormat format = new LogFormat();

    private final Consumer<LogEntry> listener;

    private final Admin admin;

    private final KafkaProducer<byte[], byte[]> producer;

    private final KafkaConsumer<byte[], byte[]> consumer;

    private final Thread reader =
            Thread.ofPlatform().name("schema-log-reader").daemon().unstarted(this::read);

    private final ReadPosition position = new ReadPosition();

    private SchemaLog(String bootstrapServers, Consumer<LogEntry> listener) {
        this.listener = listener;
        Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
        admin = Admin.create(broker);
        producer =
                new KafkaProducer<>(
                        producerSettings(bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        consumerSettings(bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /**
     * Opens the log, creating the topic if missing, and returns when everything in it has been
     * handed to the listener. Blocks for at most 30 s for each of the two.
     */
    static SchemaLog open(String bootstrapServers, Consumer<LogEntry> listener) {
        SchemaLog log = new SchemaLog(bootstrapServers, listener);
        try {
            log.createTopicOnce();
            log.consumer.assign(List.of(PARTITION));
            log.consumer.seekToBeginning(List.of(PARTITION));
            log.reader.start();
            log.catchUp(OPEN_TIMEOUT);
            return log;
        } catch (Refused failure) {
            log.close();
            throw new StartFailed(
                    "the schema registry cannot read %s: %s"
                            .formatted(TOPIC, failure.getMessage()));
        } catch (RuntimeException failure) {
            log.close();
            throw failure;
        }
    }

    private static Map<String, Object> producerSettings(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                0,
                "max.block.ms",
                WRITE_TIMEOUT.toMillis(),
                "request.timeout.ms",
                (int) WRITE_TIMEOUT.toMillis() / 2,
                "delivery.timeout.ms",
                (int) WRITE_TIMEOUT.toMillis());
    }

    private static Map<String, Object> consumerSettings(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
    }

    /**
     * A topic that was just created states its settings in the answer: asked for them separately,
     * the broker may not know the topic yet.
     */
    private void createTopicOnce() {
        boolean exists = await(admin.listTopics().names(), OPEN_TIMEOUT).contains(TOPIC);
        requireCompacted(await(exists ? settings() : created(), OPEN_TIMEOUT));
    }

    private KafkaFuture<Config> created() {
        NewTopic topic =
                new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
        return admin.createTopics(Set.of(topic)).config(TOPIC);
    }

    private KafkaFuture<Config> settings() {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        return admin.describeConfigs(Set.of(topic))
                .all()
                .thenApply(all -> all.values().iterator().next());
    }

    /**
     * Without compaction the topic's retention would delete schemas that data is still written
     * with.
     */
    private static void requireCompacted(Config settings) {
        String policy = settings.get("cleanup.policy").value();
        if (!policy.equals("compact")) {
            throw new StartFailed(
                    "topic %s: cleanup.policy=%s (expected: compact)".formatted(TOPIC, policy));
        }
    }

    /** Records a version. Blocks for at most 10 s to write and 10 s to read back. */
    void append(RegisteredSchema schema) {
        append(format.schema(schema));
    }

    /** Records a level. Blocks as {@link #append(RegisteredSchema)} does. */
    void append(Optional<String> subject, CompatibilityLevel level) {
        append(format.level(subject, level));
    }

    private void append(LogFormat.Bytes bytes) {
        long offset =
                await(
                                producer.send(
                                        new ProducerRecord<>(TOPIC, 0, bytes.key(), bytes.value())),
                                WRITE_TIMEOUT)
                        .offset();
        position.await(offset + 1, WRITE_TIMEOUT);
    }

    /**
     * Returns when everything that the topic holds now has been handed on. Called before a
     * decision: a write whose acknowledgement was lost must be known before the next id is given.
     */
    void catchUp() {
        catchUp(WRITE_TIMEOUT);
    }

    private void catchUp(Duration timeout) {
        var ends =
                admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                        .partitionResult(PARTITION);
        position.await(await(ends, timeout).offset(), timeout);
    }

    private static <T> T await(Future<T> answer, Duration timeout) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw Refused.storeFailed(String.valueOf(failure.getCause()));
        } catch (TimeoutException failure) {
            throw Refused.storeTooSlow("no answer from Kafka within " + timeout);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw Refused.storeFailed("interrupted");
        }
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    listener.accept(format.entry(record.key(), record.value()));
                }
                position.reached(consumer.position(PARTITION));
            }
        } catch (WakeupException closed) {
            position.ended("the registry is closed");
        } catch (RuntimeException failure) {
            LOG.error("The schema registry stops reading {}", TOPIC, failure);
            position.ended(String.valueOf(failure.getMessage()));
        }
    }

    /** Ends the reader and the clients; blocks for at most 15 s. */
    @Override
    public void close() {
        if (reader.getState() == Thread.State.NEW) {
            consumer.close();
        } else {
            endReader();
        }
        producer.close(CLOSE_TIMEOUT);
        admin.close(CLOSE_TIMEOUT);
    }

    private void endReader() {
        consumer.wakeup();
        try {
            if (!reader.join(CLOSE_TIMEOUT)) {
                LOG.warn("The reader of {} did not end within {}", TOPIC, CLOSE_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
