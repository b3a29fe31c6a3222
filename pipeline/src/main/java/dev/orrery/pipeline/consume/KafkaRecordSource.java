package dev.orrery.pipeline.consume;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.health.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RecordSource} on reactor-kafka: one receiver and its event loop a stage.
 *
 * <p>A keeper thread replaces a receiver that has failed, with back-off, and one whose event loop
 * has not come round for too long. Both are logged and counted. The receiver is discontinued
 * upstream and known to stall; docs/adr/0002 says how that is lived with.
 */
public final class KafkaRecordSource implements RecordSource {

    private static final Logger log = LoggerFactory.getLogger(KafkaRecordSource.class);

    /** Above every wait inside a turn: a rebalance's drain, and the client's own calls. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    private static final Duration WATCH_INTERVAL = Duration.ofMillis(200);

    /**
     * A receiver that lived this long was well; the next failure is a new story and waits little.
     */
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(30);

    /** What a receiver that is replaced gives to records in flight. */
    private static final Duration REPLACE_DRAIN = Duration.ofSeconds(1);

    private static final Duration STOP_SLACK = Duration.ofSeconds(10);
    private static final Backoff RESTARTS =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final GroupSettings settings;
    private final String group;
    private final String topic;
    private final MeterRegistry meters;
    private final Duration stalledAfter;
    private volatile @Nullable Keeper keeper;

    /**
     * @param group the consumer group, which is the stage's name
     * @param topic name of the topic it reads
     * @param meters counts restarts
     */
    public KafkaRecordSource(
            GroupSettings settings, String group, String topic, MeterRegistry meters) {
        this(settings, group, topic, meters, STALLED_AFTER);
    }

    KafkaRecordSource(
            GroupSettings settings,
            String group,
            String topic,
            MeterRegistry meters,
            Duration stalledAfter) {
        this.settings = settings;
        this.group = group;
        this.topic = topic;
        this.meters = meters;
        this.stalledAfter = stalledAfter;
    }

    @Override
    public synchronized void start(Intake intake) {
        if (keeper == null) {
            var next = new Keeper(intake);
            keeper = next;
            next.begin();
        }
    }

    @Override
    public synchronized void stop(Duration drain) {
        var current = keeper;
        if (current != null) {
            current.end(drain);
            keeper = null;
        }
    }

    @Override
    public boolean isAlive() {
        var current = keeper;
        return current != null && current.isAlive();
    }

    /** What stands between one start and the stop that follows it. */
    private final class Keeper {

        private final Intake intake;
        private final Thread thread;
        private final CountDownLatch stopped = new CountDownLatch(1);

        /** Set before {@link #stopped} opens. */
        private volatile Duration drain = REPLACE_DRAIN;

        private volatile @Nullable Reception reception;

        Keeper(Intake intake) {
            this.intake = intake;
            this.thread = Thread.ofPlatform().name("keep-" + group).daemon().unstarted(this::keep);
        }

        void begin() {
            thread.start();
        }

        void end(Duration drainTime) {
            drain = drainTime;
            stopped.countDown();
            try {
                if (!thread.join(drainTime.plus(STOP_SLACK))) {
                    log.warn("Reader did not stop in time: group={} topic={}", group, topic);
                    thread.interrupt();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        boolean isAlive() {
            var current = reception;
            return current != null && current.failure() == null && !isStalled(current);
        }

        private void keep() {
            long failures = 0;
            try {
                while (!isStopped(Duration.ZERO)) {
                    long began = System.nanoTime();
                    var current = new Reception(settings.consumerSettings(group), topic, intake);
                    reception = current;
                    current.begin();
                    watch(current);
                    current.end(drain);
                    reception = null;
                    failures =
                            System.nanoTime() - began > HEALTHY_AFTER.toNanos() ? 0 : failures + 1;
                    pauseBeforeReplacing(current, RESTARTS.delay(failures));
                }
            } catch (InterruptedException interrupted) {
                log.debug("The keeper was told not to wait any longer: group={}", group);
            }
        }

        /** Returns when the receiver is stopped, has failed, or stands still. */
        private void watch(Reception current) throws InterruptedException {
            while (!isStopped(WATCH_INTERVAL)) {
                if (current.failure() != null) {
                    return;
                }
                if (isStalled(current)) {
                    log.warn("Reader stalled: group={} topic={}", group, topic);
                    current.interrupt();
                    return;
                }
            }
        }

        private void pauseBeforeReplacing(Reception past, Duration wait)
                throws InterruptedException {
            if (isStopped(Duration.ZERO)) {
                return;
            }
            meters.counter(StageMeters.SOURCE_RESTARTS.meterName(), "stage", group).increment();
            log.warn(
                    "Reader is replaced: group={} topic={} waitMillis={}",
                    group,
                    topic,
                    wait.toMillis(),
                    past.failure());
            isStopped(wait);
        }

        private boolean isStopped(Duration within) throws InterruptedException {
            return stopped.await(within.toMillis(), TimeUnit.MILLISECONDS);
        }

        private boolean isStalled(Reception current) {
            return System.nanoTime() - current.lastTurnNanos() > stalledAfter.toNanos();
        }
    }
}
