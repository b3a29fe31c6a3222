package dev.orrery.pipeline.consume;

import dev.orrery.topics.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.util.retry.Retry;

/**
 * {@link TopicTail} on Kafka: partitions are assigned by hand, and the position lives in the
 * subscription.
 */
public final class KafkaTopicTail implements TopicTail, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopicTail.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final int ADMIN_TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> clientSettings;
    private final RecordDecoder decoder;
    private final MeterRegistry meters;

    /** Made when it is first asked: the broker's name may not resolve before. */
    private @Nullable Admin admin;

    /**
     * @param clientSettings how to reach the brokers: {@code bootstrap.servers} and security,
     *     nothing else
     * @param meters counts what was passed over, as {@code orrery.tail.undecodable}
     */
    public KafkaTopicTail(
            Map<String, Object> clientSettings, RecordDecoder decoder, MeterRegistry meters) {
        this.clientSettings = Map.copyOf(clientSettings);
        this.decoder = decoder;
        this.meters = meters;
    }

    @Override
    public <T extends SpecificRecord> Flux<Tailed<T>> tail(
            Topic<T> topic, int partition, @Nullable Long from) {
        return Flux.defer(() -> {
            var next = new AtomicReference<@Nullable Long>(from);
            return Flux.defer(
                            () -> receive(new TopicPartition(topic.name(), partition), next.get()))
                    .concatMapIterable(consumed -> decoded(topic, consumed, next))
                    .retryWhen(
                            Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                                    .maxBackoff(LONGEST_RETRY)
                                    .transientErrors(true) // a record in between ends a story
                                    .doBeforeRetry(signal ->
                                            logRetry(topic, partition, signal.failure())));
        });
    }

    @Override
    public Mono<Long> endOffset(Topic<?> topic, int partition) {
        var where = new TopicPartition(topic.name(), partition);
        var options = new ListOffsetsOptions().timeoutMs(ADMIN_TIMEOUT_MILLIS);
        return Mono.fromCallable(this::admin)
                .subscribeOn(Schedulers.boundedElastic()) // it may look up the broker's name
                .flatMap(asked ->
                        Mono.fromCompletionStage(
                                asked.listOffsets(Map.of(where, OffsetSpec.latest()), options)
                                        .partitionResult(where)
                                        .toCompletionStage()))
                .map(found -> found.offset());
    }

    private synchronized Admin admin() {
        var known = admin;
        if (known == null) {
            known = Admin.create(new HashMap<>(clientSettings));
            admin = known;
        }
        return known;
    }

    private Flux<ReceiverRecord<byte[], byte[]>> receive(
            TopicPartition where, @Nullable Long from) {
        var options =
                ReceiverOptions.<byte[], byte[]>create(consumerSettings(from))
                        .assignment(List.of(where))
                        .addAssignListener(assigned ->
                                assigned.forEach(each -> {
                                    if (from == null) {
                                        each.seekToEnd();
                                    } else {
                                        each.seek(from);
                                    }
                                }))
                        .schedulerSupplier(Schedulers::immediate)
                        .commitInterval(Duration.ZERO)
                        .commitBatchSize(0);
        return KafkaReceiver.create(options).receive();
    }

    private Map<String, Object> consumerSettings(@Nullable Long from) {
        var settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, from == null ? "latest" : "earliest");
        settings.put(
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1); // a token is not to wait for the next one
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        return settings;
    }

    /**
     * The position moves with what was taken, decodable or not, so that a retry goes on behind it.
     */
    private <T extends SpecificRecord> List<Tailed<T>> decoded(
            Topic<T> topic,
            ConsumerRecord<byte[], byte[]> consumed,
            AtomicReference<@Nullable Long> next) {
        List<Tailed<T>> result;
        try {
            result = List.of(new Tailed<>(decoder.decode(consumed, topic), consumed.offset()));
        } catch (Undecodable undecodable) {
            meters.counter("orrery.tail.undecodable", "topic", topic.name()).increment();
            log.warn(
                    "Passed over an undecodable record: topic={} partition={} offset={} reason={}",
                    consumed.topic(),
                    consumed.partition(),
                    consumed.offset(),
                    undecodable.getMessage());
            result = List.of();
        }
        next.set(consumed.offset() + 1);
        return result;
    }

    private static void logRetry(Topic<?> topic, int partition, Throwable failure) {
        log.warn(
                "Reading goes on after a failure: topic={} partition={}",
                topic.name(),
                partition,
                failure);
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(2));
            admin = null;
        }
    }
}
