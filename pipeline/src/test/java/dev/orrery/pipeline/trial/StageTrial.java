package dev.orrery.pipeline.trial;

import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.kafka.EmbeddedKafka;
import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.consume.GroupProtocol;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.policy.Policies;
import dev.orrery.pipeline.publish.KafkaDeadLetters;
import dev.orrery.pipeline.publish.KafkaPublisher;
import dev.orrery.pipeline.publish.KafkaWriter;
import dev.orrery.pipeline.publish.WriterSettings;
import dev.orrery.pipeline.stage.Stage;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.pipeline.stage.StageRunner;
import dev.orrery.pipeline.stage.StageSettings;
import dev.orrery.pipeline.tuning.LiveSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A run of one stage with several instances on a real broker, under the eyes of {@link Guarantees}.
 * What happens to it is up to the test; the handlers, the sending and the watching are here.
 */
final class StageTrial implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int CONCURRENCY = 32;
    private static final String POISON_KEY = "poison-";

    /** One instance, with a writer of its own as in a process of its own. */
    private record Member(StageRunner<CancelRequested> runner, KafkaWriter writer) {
        void stop() {
            runner.stop();
            writer.close();
        }
    }

    private final String group;
    private final GroupProtocol protocol;
    private final EmbeddedKafka kafka;
    private final RecordSources sources;
    private final TrialTopics topics;
    private final Guarantees guarantees = Guarantees.ofAStage(TrialEvents::partitionOf);
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final Map<Integer, String> owners = new ConcurrentHashMap<>();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final Scheduler sending = blocking("trial-sending");
    private final Scheduler watching = blocking("trial-watching");
    private final Disposable watch;
    private volatile boolean endOfSending;
    private volatile boolean allAsked;
    private volatile Duration longestWork = Duration.ofMillis(5);

    /**
     * @param group lower-case letters; names the topics, and is the consumer group
     */
    StageTrial(String group, GroupProtocol protocol, EmbeddedKafka kafka, RecordSources sources) {
        this.group = group;
        this.protocol = protocol;
        this.kafka = kafka;
        this.sources = sources;
        this.topics = new TrialTopics(group, kafka);
        this.watch =
                watching.schedulePeriodically(this::watchCommits, 0, 50, TimeUnit.MILLISECONDS);
    }

    /** A thread on which clients may wait for the broker. */
    private static Scheduler blocking(String name) {
        var threads = Thread.ofPlatform().name(name).daemon().factory();
        return Schedulers.fromExecutorService(
                Executors.newSingleThreadScheduledExecutor(threads), name);
    }

    private void watchCommits() {
        try {
            committed();
        } catch (KafkaException brokerIsAway) {
            // what it has committed is seen when it is back
        }
    }

    /** Whoever looks shows it to the guarantees, in the order of looking. */
    private Map<Integer, Long> committed() {
        synchronized (guarantees) {
            var committed = topics.committed();
            committed.forEach(guarantees::onCommitted);
            return committed;
        }
    }

    /** Handlers take up to this long from now on, and at least a third of it. */
    void handlersTakeUpTo(Duration longest) {
        longestWork = longest;
    }

    /** Starts an instance. */
    void start(String member) {
        var meters = new SimpleMeterRegistry();
        var writer =
                new KafkaWriter(
                        WriterSettings.of(topics.client(), member),
                        (topic, event) -> TrialEvents.encode((CancelRequested) event),
                        meters);
        writer.start(List.of(topics.output().name(), topics.deadLetters()));
        var runner = runner(member, writer, meters);
        members.put(member, new Member(runner, writer));
        runner.start();
    }

    private StageRunner<CancelRequested> runner(
            String member, KafkaWriter writer, MeterRegistry meters) {
        var settings = new GroupSettings(topics.client(), protocol, null);
        var source = sources.make(settings, group, topics.input().name(), meters);
        var policies =
                new Policies(
                        meters,
                        Clock.systemUTC(),
                        (turn, code) -> Mono.empty(),
                        watched(member, new KafkaDeadLetters(writer)));
        return new StageRunner<>(
                Stage.named(group)
                        .reading(topics.input())
                        .writing(topics.output())
                        .handledBy(handler(member)),
                new WatchedSource(source, partition -> assigned(member, partition)),
                TrialEvents::decode,
                new KafkaPublisher(writer, member, Clock.systemUTC()),
                policies,
                new LiveSettings(WorkerSettings.configured(CONCURRENCY)),
                StageSettings.DEFAULT,
                meters);
    }

    /** Works for a while, and then says so once. */
    private StageHandler<CancelRequested> handler(String member) {
        return cause -> {
            var seen = new Sighting(cause.key(), TrialEvents.sequenceOf(cause), member);
            return Mono.fromRunnable(() -> guarantees.onStarted(seen))
                    .then(Mono.defer(() -> Mono.delay(work())))
                    .doOnSuccess(done -> finish(seen))
                    .doOnCancel(() -> guarantees.onAbandoned(seen))
                    .<Event<?>>map(
                            done -> cause.causes(topics.output(), cause.key(), cause.value()))
                    .flux();
        };
    }

    private Duration work() {
        long longest = longestWork.toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 3, longest + 1));
    }

    private DeadLetters watched(String member, DeadLetters deadLetters) {
        return letter -> {
            var seen = new Sighting(keyOf(letter), 0, member);
            return Mono.<Void>fromRunnable(() -> guarantees.onStarted(seen))
                    .then(deadLetters.bury(letter))
                    .doOnSuccess(buried -> guarantees.onBuried(seen))
                    .doOnSuccess(buried -> finish(seen));
        };
    }

    private static String keyOf(DeadLetter letter) {
        return TrialEvents.text(letter.original().key());
    }

    private void finish(Sighting seen) {
        guarantees.onFinished(seen);
        finished.incrementAndGet();
    }

    private void assigned(String member, int partition) {
        guarantees.onAssigned(partition, member);
        owners.put(partition, member);
    }

    /**
     * Stops an instance as a deployment would, lets the others take over, and starts another in its
     * place, for which they give up partitions in the middle of their work.
     */
    void replace(String member, String successor) {
        var leaving = members.remove(member);
        if (leaving == null) {
            throw new IllegalArgumentException(
                    "member: " + member + " (expected: one of " + members.keySet() + ")");
        }
        leaving.stop();
        awaitUntil(() -> !owners.containsValue(member));
        start(successor);
        awaitUntil(() -> owners.containsValue(successor));
    }

    void bounceBroker() {
        kafka.bounce();
    }

    /**
     * Sends events over these keys in turn, so many ahead of the handlers that they always have a
     * backlog, until at least this many are sent and {@link #endSending} was called. Returns at
     * once.
     *
     * @param poisonedAfter numbers of events that a poison record precedes
     */
    void beginSending(int atLeast, int keys, int backlog, Set<Integer> poisonedAfter) {
        var number = new AtomicInteger();
        sending.schedulePeriodically(
                () -> {
                    while ((number.get() < atLeast || !endOfSending)
                            && number.get() - finished.get() < backlog) {
                        sendOne(number.getAndIncrement(), keys, poisonedAfter);
                    }
                    allAsked = endOfSending && number.get() >= atLeast;
                },
                0,
                10,
                TimeUnit.MILLISECONDS);
    }

    void endSending() {
        endOfSending = true;
    }

    private void sendOne(int number, int keys, Set<Integer> poisonedAfter) {
        if (poisonedAfter.contains(number)) {
            send(POISON_KEY + number, 0, TrialEvents.poison());
        }
        int sequence = number / keys;
        send("key-" + number % keys, sequence, TrialEvents.encode(sequence));
    }

    private void send(String key, int sequence, byte[] value) {
        unacknowledged.incrementAndGet();
        topics.send(key, sequence, value, this::sent);
    }

    private void sent(Sent event) {
        guarantees.onSent(event);
        sent.incrementAndGet();
        unacknowledged.decrementAndGet();
    }

    /** Events that the broker has acknowledged. */
    int sent() {
        return sent.get();
    }

    /** Handlings that came to their end, repeats included. */
    int finished() {
        return finished.get();
    }

    void awaitFinished(int count) {
        awaitUntil(() -> finished.get() >= count);
    }

    /** Waits until everything is sent and the group has committed the end of every partition. */
    void awaitAllCommitted() {
        awaitUntil(
                () -> allAsked && unacknowledged.get() == 0 && committed().equals(topics.ends()));
    }

    private static void awaitUntil(BooleanSupplier fact) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(fact::getAsBoolean);
    }

    /** What broke the guarantees, with everything read that the stage has written so far. */
    List<String> violations() {
        var output = topics.output();
        topics.everythingIn(output.name(), output.partitions())
                .forEach(record ->
                        guarantees.onWritten(
                                TrialEvents.text(record.key()),
                                Integer.parseInt(TrialEvents.text(record.value()))));
        return guarantees.violations();
    }

    /** The keys of the records in the dead letters. */
    Set<String> buried() {
        return topics.everythingIn(topics.deadLetters(), 1).stream()
                .filter(record -> TrialEvents.isPoison(record.value()))
                .map(record -> TrialEvents.text(record.key()))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        watch.dispose();
        members.values().forEach(Member::stop);
        topics.close();
        sending.dispose();
        watching.dispose();
    }
}
