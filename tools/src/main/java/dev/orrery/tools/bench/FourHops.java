package dev.orrery.tools.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The floor: what four topics in a row cost with Kafka's own clients and nothing else. One record
 * is in flight; three threads pass it from topic to topic, the fourth takes it out. The client
 * settings are those of the pipeline.
 */
final class FourHops implements AutoCloseable {

    private static final int HOPS = 4;
    private static final int RECORD_BYTES = 1024;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

    private final String brokers;
    private final List<String> topics = new ArrayList<>();
    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile CompletableFuture<Long> arrival = new CompletableFuture<>();

    FourHops(String brokers) throws ExecutionException, InterruptedException, TimeoutException {
        this.brokers = brokers;
        var run = UUID.randomUUID().toString();
        for (int hop = 0; hop < HOPS; hop++) {
            topics.add("bench.floor." + run + "." + hop);
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(
                            topics.stream()
                                    .map(name ->
                                            new NewTopic(
                                                    name, Optional.of(1), Optional.of((short) 1)))
                                    .toList())
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        this.producer = new KafkaProducer<>(producerSettings());
        var ready = new CountDownLatch(HOPS);
        for (int hop = 0; hop < HOPS; hop++) {
            start(hop, ready);
        }
        if (!ready.await(20, TimeUnit.SECONDS)) {
            throw new TimeoutException("the floor's consumers were not ready within 20 s");
        }
    }

    /** Sends one record through all hops after the other, {@code rounds} times. */
    Latencies measure(int rounds)
            throws ExecutionException, InterruptedException, TimeoutException {
        var latencies = new Latencies();
        var payload = new byte[RECORD_BYTES];
        Arrays.fill(payload, (byte) 'x');
        for (int round = 0; round < rounds; round++) {
            arrival = new CompletableFuture<>();
            long begun = System.nanoTime();
            producer.send(new ProducerRecord<>(topics.getFirst(), payload));
            latencies.add(arrival.get(LONGEST_ROUND.toMillis(), TimeUnit.MILLISECONDS) - begun);
        }
        return latencies;
    }

    private void start(int hop, CountDownLatch ready) {
        var consumer = new KafkaConsumer<byte[], byte[]>(consumerSettings());
        consumers.add(consumer);
        threads.add(
                Thread.ofPlatform()
                        .name("floor-hop-" + hop)
                        .start(() -> pass(hop, consumer, ready)));
    }

    private void pass(int hop, KafkaConsumer<byte[], byte[]> consumer, CountDownLatch ready) {
        try (consumer) {
            var partition = new TopicPartition(topics.get(hop), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.position(partition);
            ready.countDown();
            while (true) {
                for (var taken : consumer.poll(Duration.ofSeconds(1))) {
                    if (hop + 1 < HOPS) {
                        producer.send(new ProducerRecord<>(topics.get(hop + 1), taken.value()));
                    } else {
                        arrival.complete(System.nanoTime());
                    }
                }
            }
        } catch (WakeupException closing) {
            // close() ends the thread this way
        }
    }

    private Map<String, Object> producerSettings() {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    private Map<String, Object> consumerSettings() {
        var settings = new HashMap<String, Object>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    @Override
    public void close() throws InterruptedException, ExecutionException, TimeoutException {
        consumers.forEach(KafkaConsumer::wakeup);
        for (var thread : threads) {
            thread.join(Duration.ofSeconds(5));
        }
        producer.close(Duration.ofSeconds(5));
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.deleteTopics(topics).all().get(20, TimeUnit.SECONDS);
        }
    }
}
