package dev.orrery.pipeline.consume;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.health.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RecordSource} on the plain Kafka client: one consumer and one thread a stage. Why not
 * reactor-kafka: docs/adr/0002.
 *
 * <p>A loop that fails is replaced with back-off. A watchdog interrupts a loop that has not come
 * round for {@value #STALLED_AFTER_SECONDS} seconds, which makes it fail and be replaced. Both are
 * logged and counted.
 */
public final class KafkaRecordSource implements RecordSource {

    private static final Logger log = LoggerFactory.getLogger(KafkaRecordSource.class);

    /**
     * Above every time-out inside a turn: a revoke's drain and commit, and the client's own calls.
     */
    private static final int STALLED_AFTER_SECONDS = 30;

    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    /** A reader that lived this long was well; the next failure is a new story and waits little. */
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(30);

    private static final Duration STOP_SLACK = Duration.ofSeconds(10);
    private static final Backoff RESTARTS =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String group;
    private final String topic;
    private final MeterRegistry meters;
    private volatile @Nullable Member member;

    /**
     * @param group the consumer group, which is the stage's name
     * @param topic name of the topic it reads
     * @param meters counts restarts
     */
    public KafkaRecordSource(
            GroupSettings settings, String group, String topic, MeterRegistry meters) {
        this(() -> new KafkaConsumer<>(settings.consumerSettings(group)), group, topic, meters);
    }

    KafkaRecordSource(
            Supplier<Consumer<byte[], byte[]>> consumers,
            String group,
            String topic,
            MeterRegistry meters) {
        this.consumers = consumers;
        this.group = group;
        this.topic = topic;
        this.meters = meters;
    }

    @Override
    public synchronized void start(Intake intake) {
        if (member == null) {
            var next = new Member(intake);
            member = next;
            next.begin();
        }
    }

    @Override
    public synchronized void stop(Duration drain) {
        var current = member;
        if (current != null) {
            current.end(drain);
            member = null;
        }
    }

    @Override
    public boolean isAlive() {
        var current = member;
        return current != null && current.isAlive();
    }

    /** What stands between one start and the stop that follows it. */
    private final class Member {

        private final Intake intake;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final Thread poller;
        private final Thread watchdog;
        private volatile @Nullable PollLoop loop;

        /** Guards against a stop that comes between two loops. */
        private volatile @Nullable Duration stopWithin;

        Member(Intake intake) {
            this.intake = intake;
            this.poller =
                    Thread.ofPlatform()
                            .name("poll-" + group)
                            .daemon()
                            .unstarted(this::pollUntilStopped);
            this.watchdog = Thread.ofVirtual().name("watch-" + group).unstarted(this::watch);
        }

        void begin() {
            poller.start();
            watchdog.start();
        }

        void end(Duration drain) {
            stopWithin = drain;
            stopped.countDown();
            var current = loop;
            if (current != null) {
                current.stop(drain);
            }
            try {
                if (!poller.join(drain.plus(STOP_SLACK))) {
                    log.warn(
                            "Reader did not stop in time and is interrupted: group={} topic={}",
                            group,
                            topic);
                    poller.interrupt();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        boolean isAlive() {
            var current = loop;
            return current != null && !isStalled(current);
        }

        private void pollUntilStopped() {
            long failures = 0;
            while (stopWithin == null) {
                long began = System.nanoTime();
                try {
                    runOnce();
                } catch (Exception failure) {
                    failures =
                            System.nanoTime() - began > HEALTHY_AFTER.toNanos() ? 0 : failures + 1;
                    restartAfter(failure, failures);
                } finally {
                    loop = null;
                }
            }
        }

        private void runOnce() throws InterruptedException {
            var current = new PollLoop(consumers.get(), topic, intake);
            loop = current;
            var drain = stopWithin;
            if (drain != null) {
                current.stop(drain);
            }
            current.run();
        }

        private void restartAfter(Exception failure, long failures) {
            var wait = RESTARTS.delay(failures);
            meters.counter(StageMeters.SOURCE_RESTARTS.meterName(), "stage", group).increment();
            log.warn(
                    "Reader failed and is replaced: group={} topic={} waitMillis={}",
                    group,
                    topic,
                    wait.toMillis(),
                    failure);
            loop = null;
            try {
                stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException late) {
                log.debug("A late interrupt of the watchdog shortened the wait: group={}", group);
            }
        }

        private void watch() {
            try {
                while (!stopped.await(WATCH_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    var current = loop;
                    if (current != null && isStalled(current)) {
                        log.warn(
                                "Reader stalled and is interrupted: group={} topic={}",
                                group,
                                topic);
                        poller.interrupt();
                        // One interrupt a stall: the loop has as long again to end before the next
                        // one.
                        if (stopped.await(STALLED_AFTER_SECONDS, TimeUnit.SECONDS)) {
                            return;
                        }
                    }
                }
            } catch (InterruptedException nobodyInterruptsTheWatchdog) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean isStalled(PollLoop current) {
            return System.nanoTime() - current.lastTurnNanos()
                    > Duration.ofSeconds(STALLED_AFTER_SECONDS).toNanos();
        }
    }
}
