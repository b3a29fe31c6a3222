package dev.orrery.pipeline.trial;

import dev.orrery.embedded.kafka.EmbeddedKafka;
import dev.orrery.events.CancelRequested;
import dev.orrery.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topics of one trial, seen from outside with plain clients: what is sent to the stage, what
 * its group has committed, what it has written. Methods that ask the broker block, and fail with a
 * {@link KafkaException} while it is away.
 */
final class TrialTopics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> client;
    private final String group;
    private final Topic<CancelRequested> input;
    private final Topic<CancelRequested> output;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;

    /**
     * @param group lower-case letters; names the topics, and is the consumer group
     */
    TrialTopics(String group, EmbeddedKafka kafka) {
        this.client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        this.group = group;
        this.input = TrialEvents.topic("trial." + group + ".in");
        this.output = TrialEvents.topic("trial." + group + ".out");
        this.admin = Admin.create(client);
        create();
        this.producer = new KafkaProducer<>(producerSettings());
    }

    Map<String, Object> client() {
        return client;
    }

    Topic<CancelRequested> input() {
        return input;
    }

    Topic<CancelRequested> output() {
        return output;
    }

    String deadLetters() {
        return input.deadLettersOf(group);
    }

    private void create() {
        var topics =
                List.of(
                        newTopic(input.name(), input.partitions()),
                        newTopic(output.name(), output.partitions()),
                        newTopic(deadLetters(), 1));
        ask(() -> admin.createTopics(topics).all().get());
        // A broker that does not serve a new partition yet may refuse the first batch of a producer
        // and take the second, which an idempotent producer never gets over.
        topics.forEach(topic -> ends(topic.name(), topic.numPartitions()));
    }

    private static NewTopic newTopic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty());
    }

    private Map<String, Object> producerSettings() {
        var settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    /** Sends one event to the stage; the acknowledged place is told on the producer's thread. */
    void send(String key, int sequence, byte[] value, Consumer<Sent> acknowledged) {
        int partition = TrialEvents.partitionOf(key);
        producer.send(
                new ProducerRecord<>(input.name(), partition, TrialEvents.bytes(key), value),
                (written, failure) -> {
                    if (failure == null) {
                        acknowledged.accept(new Sent(key, sequence, partition, written.offset()));
                    }
                });
    }

    /** What the group has committed, by partition; partitions without a commit are absent. */
    Map<Integer, Long> committed() {
        return ask(() -> {
            var result = new HashMap<Integer, Long>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            result.put(partition.partition(), offset.offset());
                        }
                    });
            return result;
        });
    }

    /** Where the input ends, by partition; empty partitions are absent. */
    Map<Integer, Long> ends() {
        var result = new HashMap<Integer, Long>();
        ends(input.name(), input.partitions())
                .forEach((partition, end) -> result.put(partition.partition(), end));
        result.values().removeIf(end -> end == 0);
        return result;
    }

    private Map<TopicPartition, Long> ends(String topic, int partitions) {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        IntStream.range(0, partitions)
                .forEach(each -> latest.put(new TopicPartition(topic, each), OffsetSpec.latest()));
        return ask(() -> {
            var result = new HashMap<TopicPartition, Long>();
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) -> result.put(partition, end.offset()));
            return result;
        });
    }

    /** Everything that stands in a topic now, in order of each partition. */
    List<ConsumerRecord<byte[], byte[]>> everythingIn(String topic, int partitions) {
        var ends = ends(topic, partitions);
        var settings = new HashMap<>(client);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() - giveUpAt > 0) {
                    throw new AssertionError(
                            topic
                                    + ": "
                                    + records.size()
                                    + " records (expected: up to "
                                    + ends
                                    + ")");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private interface Question<T> {
        T ask() throws InterruptedException, ExecutionException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (InterruptedException | ExecutionException failure) {
            throw new KafkaException(failure);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}
