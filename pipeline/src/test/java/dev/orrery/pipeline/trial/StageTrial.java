package dev.orrery.pipeline.trial;

import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.kafka.EmbeddedKafka;
import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.consume.GroupProtocol;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.Intake;
import dev.orrery.pipeline.consume.KafkaRecordSource;
import dev.orrery.pipeline.consume.RecordSource;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.policy.Policies;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.pipeline.stage.StageRunner;
import dev.orrery.pipeline.stage.StageSettings;
import dev.orrery.pipeline.tuning.LiveSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import dev.orrery.topics.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A run of one stage with several instances on a real broker, under the eyes of {@link Guarantees}.
 * What happens to it is up to the test; the handlers, the sending and the watching are here.
 */
final class StageTrial implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final String POISON_KEY = "poison-";

    private final String name;
    private final GroupProtocol protocol;
    private final EmbeddedKafka kafka;
    private final Topic<CancelRequested> input;
    private final Topic<CancelRequested> output;
    private final Guarantees guarantees = Guarantees.ofAStage(TrialEvents::partitionOf);
    private final Map<String, StageRunner<CancelRequested>> members = new ConcurrentHashMap<>();
    private final Map<String, Integer> assignments = new ConcurrentHashMap<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger buried = new AtomicInteger();
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Scheduler sending = blocking("trial-sending");
    private final Scheduler watching = blocking("trial-watching");
    private final Disposable watch;

    /**
     * @param name lower-case letters; names the topics, and is the consumer group
     */
    StageTrial(String name, GroupProtocol protocol, EmbeddedKafka kafka) {
        this.name = name;
        this.protocol = protocol;
        this.kafka = kafka;
        this.input = TrialEvents.topic("trial." + name + ".in");
        this.output = TrialEvents.topic("trial." + name + ".out");
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        createTopics();
        this.producer = new KafkaProducer<>(producerSettings());
        this.watch =
                watching.schedulePeriodically(this::watchCommits, 0, 50, TimeUnit.MILLISECONDS);
    }

    /** A thread on which clients may wait for the broker. */
    private static Scheduler blocking(String name) {
        var threads = Thread.ofPlatform().name(name).daemon().factory();
        return Schedulers.fromExecutorService(
                Executors.newSingleThreadScheduledExecutor(threads), name);
    }

    private void createTopics() {
        try {
            admin.createTopics(
                            List.of(
                                    new NewTopic(
                                            input.name(),
                                            Optional.of(input.partitions()),
                                            Optional.empty()),
                                    new NewTopic(
                                            output.name(),
                                            Optional.of(output.partitions()),
                                            Optional.empty())))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("topics of the trial", failure);
        }
    }

    private Map<String, Object> producerSettings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                60_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
    }

    Guarantees guarantees() {
        return guarantees;
    }

    int finished() {
        return finished.get();
    }

    int buried() {
        return buried.get();
    }

    /** Starts an instance that does everything right. */
    void start(String member) {
        start(member, UnaryOperator.identity(), handler(member));
    }

    /** Starts an instance with a source and a handler of the test's making. */
    void start(
            String member,
            UnaryOperator<RecordSource> spoiled,
            StageHandler<CancelRequested> handler) {
        var meters = new SimpleMeterRegistry();
        var group =
                new GroupSettings(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()), protocol, null);
        var source =
                new WatchedSource(new KafkaRecordSource(group, name, input.name(), meters), member);
        var stage = Stage.named(name).reading(input).writing(output).handledBy(handler);
        var policies =
                new Policies(
                        meters,
                        Clock.systemUTC(),
                        (turn, code) -> Mono.empty(),
                        letter -> bury(member, letter.original().key()));
        var runner =
                new StageRunner<>(
                        stage,
                        spoiled.apply(source),
                        TrialEvents::decode,
                        new BrokerPublisher(producer, sending),
                        policies,
                        new LiveSettings(WorkerSettings.configured(32)),
                        StageSettings.DEFAULT,
                        meters);
        members.put(member, runner);
        runner.start();
    }

    /** Works for one to five milliseconds, and then says so once. */
    StageHandler<CancelRequested> handler(String member) {
        return cause -> {
            var seen = new Sighting(cause.key(), TrialEvents.sequenceOf(cause), member);
            var work = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, 6));
            return Mono.fromRunnable(() -> guarantees.onStarted(seen))
                    .then(Mono.delay(work))
                    .doOnSuccess(done -> finish(seen))
                    .doOnCancel(() -> guarantees.onAbandoned(seen))
                    .<Event<?>>map(done -> cause.causes(output, cause.key(), cause.value()))
                    .flux();
        };
    }

    void finish(Sighting seen) {
        guarantees.onFinished(seen);
        finished.incrementAndGet();
    }

    private Mono<Void> bury(String member, byte[] key) {
        return Mono.fromRunnable(() -> {
            buried.incrementAndGet();
            var seen = new Sighting(TrialEvents.text(key), 0, member);
            guarantees.onStarted(seen);
            finish(seen);
        });
    }

    /** Stops an instance as a deployment would, and starts another in its place. */
    void restart(String member, String successor) {
        var runner = members.remove(member);
        if (runner == null) {
            throw new IllegalArgumentException(
                    "member: " + member + " (expected: one of " + members.keySet() + ")");
        }
        runner.stop();
        start(successor);
        awaitAssigned(successor);
    }

    void awaitAssigned(String member) {
        awaitUntil(() -> assignments.getOrDefault(member, 0) > 0);
    }

    void bounceBroker() {
        kafka.bounce();
    }

    /**
     * Begins to send events, over these keys in turn; returns at once. Acknowledgements are noted
     * as they come.
     *
     * @param poisonedAfter numbers of events that a poison record precedes
     */
    void beginSending(int events, int keys, int perSecond, Set<Integer> poisonedAfter) {
        var beat = Duration.ofMillis(20);
        int perBeat = Math.max(1, perSecond / 50);
        Flux.interval(beat, sending)
                .onBackpressureBuffer()
                .concatMapIterable(each -> Collections.nCopies(perBeat, each))
                .index()
                .map(indexed -> indexed.getT1().intValue())
                .take(events)
                .subscribe(number -> sendOne(number, keys, poisonedAfter));
    }

    private void sendOne(int number, int keys, Set<Integer> poisonedAfter) {
        if (poisonedAfter.contains(number)) {
            send(POISON_KEY + number, 0, TrialEvents.poison());
        }
        int sequence = number / keys;
        send("key-" + number % keys, sequence, TrialEvents.encode(sequence));
    }

    private void send(String key, int sequence, byte[] value) {
        int partition = TrialEvents.partitionOf(key);
        producer.send(
                new ProducerRecord<>(input.name(), partition, TrialEvents.bytes(key), value),
                (written, failure) -> {
                    if (failure == null) {
                        guarantees.onSent(new Sent(key, sequence, partition, written.offset()));
                    }
                });
    }

    void awaitFinished(int count) {
        awaitUntil(() -> finished.get() >= count);
    }

    /** Waits until the group has committed the end of every partition. */
    void awaitAllCommitted() {
        awaitUntil(() -> committed().equals(ends()));
    }

    private static void awaitUntil(BooleanSupplier fact) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(fact::getAsBoolean);
    }

    private void watchCommits() {
        try {
            committed().forEach(guarantees::onCommitted);
        } catch (KafkaException brokerIsAway) {
            // what it has committed is seen when it is back
        }
    }

    private Map<Integer, Long> committed() {
        return ask(() -> {
            var result = new HashMap<Integer, Long>();
            admin.listConsumerGroupOffsets(name)
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

    private Map<Integer, Long> ends() {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (int partition = 0; partition < input.partitions(); partition++) {
            latest.put(new TopicPartition(input.name(), partition), OffsetSpec.latest());
        }
        return ask(() -> {
            var result = new HashMap<Integer, Long>();
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) -> result.put(partition.partition(), end.offset()));
            result.values().removeIf(end -> end == 0);
            return result;
        });
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
        watch.dispose();
        members.values().forEach(StageRunner::stop);
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
        sending.dispose();
        watching.dispose();
    }

    /** Tells the guarantees of assignments, before the first record of each. */
    private final class WatchedSource implements RecordSource {

        private final RecordSource source;
        private final String member;

        WatchedSource(RecordSource source, String member) {
            this.source = source;
            this.member = member;
        }

        @Override
        public void start(Intake intake) {
            source.start(partition -> {
                guarantees.onAssigned(partition.partition(), member);
                assignments.merge(member, 1, Integer::sum);
                return intake.assigned(partition);
            });
        }

        @Override
        public void stop(Duration drain) {
            source.stop(drain);
        }

        @Override
        public boolean isAlive() {
            return source.isAlive();
        }
    }
}
