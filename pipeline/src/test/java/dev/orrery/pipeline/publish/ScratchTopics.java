package dev.orrery.pipeline.publish;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.CancelRequested;
import dev.orrery.topics.KeyMeaning;
import dev.orrery.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of one partition on the shared broker, each used by one test. */
public final class ScratchTopics {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ScratchTopics() {}

    public static Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", SharedServers.kafka().bootstrapServers());
    }

    public static Topic<CancelRequested> fresh() {
        return fresh(CancelRequested.class);
    }

    /** Names hold letters alone, so the number is spelled in them. */
    public static <T extends SpecificRecord> Topic<T> fresh(Class<T> type) {
        var suffix =
                Integer.toString(COUNTER.incrementAndGet()).chars().map(digit -> digit - '0' + 'a');
        var name =
                "scratch."
                        + suffix.collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append);
        var topic = new Topic<>(name, KeyMeaning.MESSAGE, type, 1, null, false);
        create(topic.name());
        return topic;
    }

    public static void create(String name) {
        create(name, 1);
    }

    public static void create(String name, int partitions) {
        try (Admin admin = Admin.create(new HashMap<>(clientSettings()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Writes these texts under this key to the only partition; returns when they stand there. */
    public static void write(String topic, String key, String... texts) {
        try (var producer =
                new KafkaProducer<>(
                        new HashMap<>(clientSettings()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (String text : texts) {
                producer.send(new ProducerRecord<>(topic, bytes(key), bytes(text)));
            }
            producer.flush();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads from the beginning of the only partition until there are so many records. */
    public static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        var settings = new HashMap<>(clientSettings());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            while (records.size() < count && System.nanoTime() < giveUpAt) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            if (records.size() < count) {
                throw new AssertionError(
                        topic + ": " + records.size() + " records (expected: >= " + count + ")");
            }
            return records;
        }
    }
}
