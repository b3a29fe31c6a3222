package dev.orrery.pipeline.reactorkafka;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.Intake;
import dev.orrery.pipeline.consume.RecordSource;
import dev.orrery.pipeline.health.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RecordSource} on reactor-kafka 1.3.25. A receiver that ends with an error, or whose event
 * loop has not come round for {@value #STALLED_AFTER_SECONDS} seconds, is replaced.
 */
public final class ReactorRecordSource implements RecordSource {

    private static final Logger log = LoggerFactory.getLogger(ReactorRecordSource.class);

    private static final int STALLED_AFTER_SECONDS = 30;
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(100);
    private static final Backoff RESTARTS =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final GroupSettings settings;
    private final String group;
    private final String topic;
    private final MeterRegistry meters;
    private @Nullable Thread keeper;
    private volatile @Nullable Reception reception;
    private volatile @Nullable Duration stopWithin;
    private volatile CountDownLatch stopped = new CountDownLatch(1);

    public ReactorRecordSource(
            GroupSettings settings, String group, String topic, MeterRegistry meters) {
        this.settings = settings;
        this.group = group;
        this.topic = topic;
        this.meters = meters;
    }

    @Override
    public synchronized void start(Intake intake) {
        if (keeper == null) {
            stopWithin = null;
            stopped = new CountDownLatch(1);
            keeper = Thread.ofPlatform().daemon().name("keep-" + group).start(() -> keep(intake));
        }
    }

    @Override
    public synchronized void stop(Duration drain) {
        var current = keeper;
        if (current == null) {
            return;
        }
        stopWithin = drain;
        stopped.countDown();
        try {
            current.join(drain.plusSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        keeper = null;
    }

    @Override
    public boolean isAlive() {
        var current = reception;
        return current != null && !isStalled(current);
    }

    private void keep(Intake intake) {
        try {
            long failures = 0;
            while (stopWithin == null) {
                var current = new Reception(settings.consumerSettings(group), topic, intake);
                reception = current;
                current.begin();
                while (!current.hasEnded() && !isStalled(current) && !isStopped(WATCH_INTERVAL)) {
                    // looks again
                }
                var drain = stopWithin;
                current.end(drain == null ? Duration.ZERO : drain);
                reception = null;
                if (drain == null) {
                    meters.counter(StageMeters.SOURCE_RESTARTS.meterName(), "stage", group)
                            .increment();
                    log.warn(
                            "Receiver is replaced: group={} stalled={} failure={}",
                            group,
                            isStalled(current),
                            String.valueOf(current.failure()));
                    isStopped(RESTARTS.delay(failures++));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStopped(Duration wait) throws InterruptedException {
        return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isStalled(Reception current) {
        return System.nanoTime() - current.lastTurnNanos()
                > Duration.ofSeconds(STALLED_AFTER_SECONDS).toNanos();
    }
}
