package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.consume.PartitionIntake;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.consume.RecordSource;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.health.Vitals;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.tuning.LiveSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs a {@link Stage}: source → lane of the record's key → decode → policies → handler → publish →
 * offset window → commit.
 *
 * <p>Threads: one poll thread reads and commits; a few lane threads decode and begin handlers; what
 * a handler does after its first asynchronous step runs wherever that step ends. Nothing is
 * cancelled by a rebalance: a handler in flight finishes under its old owner, and its
 * acknowledgement is no longer listened to.
 *
 * <p>Bounds: as many records in flight as the live settings say, at most {@value #MAX_WAITING}
 * waiting plus one poll, and the offset window of each partition.
 */
public final class StageRunner<I extends SpecificRecord> implements Running, Vitals {

    private static final Logger log = LoggerFactory.getLogger(StageRunner.class);

    /**
     * Records that wait for a lane. Enough that a busy key does not starve the others, few enough
     * to hold in memory.
     */
    private static final int MAX_WAITING = 500;

    /**
     * Handlers are asynchronous, so their beginnings and the decoding need no more threads than
     * there are cores.
     */
    private static final int MIN_LANE_THREADS = 2;

    /** What one start brings up. */
    private record Session(Scheduler threads, Lanes lanes, Runnable unfollow) {}

    private final Stage<I> stage;
    private final RecordSource source;
    private final RecordDecoder decoder;
    private final RecordPolicies policies;
    private final LiveSettings live;
    private final StageSettings settings;
    private final StageHandler<I> emitting;
    private volatile @Nullable Session session;

    /**
     * @param source where this stage's records come from; belongs to this runner from now on
     * @param live what is in force in this stage, as it changes
     * @param meters gets the gauges of {@link StageMeters}
     */
    public StageRunner(
            Stage<I> stage,
            RecordSource source,
            RecordDecoder decoder,
            Publisher publisher,
            RecordPolicies policies,
            LiveSettings live,
            StageSettings settings,
            MeterRegistry meters) {
        this.stage = stage;
        this.source = source;
        this.decoder = decoder;
        this.policies = policies;
        this.live = live;
        this.settings = settings;
        this.emitting = new Emitting<>(stage, publisher);
        gauge(meters, StageMeters.IN_FLIGHT, Lanes::inFlight);
        gauge(meters, StageMeters.WAITING, Lanes::waiting);
        gauge(meters, StageMeters.OLDEST_OPEN, lanes -> lanes.oldestOpen().toMillis() / 1000.0);
    }

    @Override
    public synchronized void start() {
        if (session != null) {
            return;
        }
        var threads = laneThreads();
        var lanes = new Lanes(threads, System::nanoTime, live.current());
        var unfollow = live.follow(lanes::change);
        session = new Session(threads, lanes, unfollow);
        source.start(partition -> openPartition(lanes, threads, partition));
        log.info("Stage started: stage={} topic={}", stage.name(), stage.input().name());
    }

    private Scheduler laneThreads() {
        int size = Math.max(MIN_LANE_THREADS, Runtime.getRuntime().availableProcessors());
        var names = Thread.ofPlatform().name("lane-" + stage.name() + "-", 1).daemon();
        return Schedulers.fromExecutorService(
                Executors.newScheduledThreadPool(size, names.factory()), "lanes-" + stage.name());
    }

    private PartitionIntake openPartition(
            Lanes lanes, Scheduler threads, TopicPartition partition) {
        log.debug("Partition opened: stage={} partition={}", stage.name(), partition);
        return new OpenPartition(
                lanes, MAX_WAITING, settings.window(), record -> handle(record, threads));
    }

    /**
     * Deals with a record for good. The policies deal with every failure; the last line is for a
     * failure of theirs, which is a defect: the record is tried again rather than lost, and its age
     * makes the stage unhealthy.
     */
    private Mono<Void> handle(ConsumerRecord<byte[], byte[]> record, Scheduler threads) {
        return Mono.defer(() ->
                        decodeAndHandle(new Handling(stage.name(), stage.group(), record), threads))
                .retryWhen(
                        Backoff.DEFAULT.forever(
                                failure -> true,
                                (failure, wait) ->
                                        log.error(
                                                "BUG: policies failed: stage={} record={}-{}@{} trace={}",
                                                stage.name(),
                                                record.topic(),
                                                record.partition(),
                                                record.offset(),
                                                Reasons.trace(failure)),
                                threads));
    }

    private Mono<Void> decodeAndHandle(Handling handling, Scheduler threads) {
        return decoded(handling, threads)
                .flatMap(event -> policies.around(handling, emitting).handle(event).then())
                .onErrorResume(
                        Undecodable.class, failure -> policies.undecodable(handling, failure));
    }

    /**
     * Also the attempts after the first are made on a lane thread, because decoding may block for a
     * while.
     */
    private Mono<Event<I>> decoded(Handling handling, Scheduler threads) {
        return Mono.fromCallable(() -> decoder.decode(handling.original(), stage.input()))
                .retryWhen(
                        Backoff.DEFAULT.forever(
                                failure -> !(failure instanceof Undecodable),
                                (failure, wait) ->
                                        log.warn(
                                                "Decoding is tried again: stage={} record={} waitMillis={} reason={}",
                                                stage.name(),
                                                handling.place(),
                                                wait.toMillis(),
                                                failure.toString()),
                                threads));
    }

    @Override
    public synchronized void stop() {
        var current = session;
        if (current == null) {
            return;
        }
        source.stop(settings.drain());
        current.unfollow().run();
        current.lanes().cancelAll();
        current.threads().dispose();
        session = null;
        log.info("Stage stopped: stage={}", stage.name());
    }

    @Override
    public String name() {
        return stage.name();
    }

    @Override
    public boolean isRunning() {
        return session != null;
    }

    @Override
    public boolean isReading() {
        return source.isAlive();
    }

    @Override
    public Duration oldestOpen() {
        var current = session;
        return current == null ? Duration.ZERO : current.lanes().oldestOpen();
    }

    @Override
    public Duration stalledFor() {
        var current = session;
        return current == null ? Duration.ZERO : current.lanes().stalledFor();
    }

    @Override
    public int inFlight() {
        var current = session;
        return current == null ? 0 : current.lanes().inFlight();
    }

    private void gauge(MeterRegistry meters, StageMeters meter, ToDoubleFunction<Lanes> value) {
        Gauge.builder(meter.meterName(), this, runner -> runner.measured(value))
                .tag("stage", stage.name())
                .register(meters);
    }

    private double measured(ToDoubleFunction<Lanes> value) {
        var current = session;
        return current == null ? 0 : value.applyAsDouble(current.lanes());
    }
}
