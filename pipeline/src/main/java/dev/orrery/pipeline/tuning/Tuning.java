package dev.orrery.pipeline.tuning;

import dev.orrery.events.WorkerTuning;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * Live settings of this process's workers, read from {@code ops.tuning}: every replica reads the
 * whole topic without a consumer group, so each knows the newest record of its worker, whether it
 * was written before or after the start.
 *
 * <p>A record that makes no sense is logged and passed over; what was in force stays. Fields that
 * are absent fall back to what is configured.
 */
public final class Tuning {

    private static final Logger log = LoggerFactory.getLogger(Tuning.class);

    /** {@code ops.tuning} has one partition: its few records are wanted by everybody. */
    private static final int ONLY_PARTITION = 0;

    private record Worker(int configuredConcurrency, LiveSettings settings) {}

    private final TopicTail tail;
    private final MeterRegistry meters;
    private final Map<String, Worker> workers = new HashMap<>();
    private final Map<String, WorkerTuning> newest = new HashMap<>();
    private @Nullable Disposable reading;

    public Tuning(TopicTail tail, MeterRegistry meters) {
        this.tail = tail;
        this.meters = meters;
    }

    /**
     * The settings of a worker of this process; the same object each time.
     *
     * @param worker name of the stage
     * @param configuredConcurrency in force as long as nobody says otherwise
     */
    public synchronized LiveSettings of(String worker, int configuredConcurrency) {
        var known = workers.get(worker);
        if (known != null) {
            return known.settings();
        }
        var settings = new LiveSettings(WorkerSettings.configured(configuredConcurrency));
        workers.put(worker, new Worker(configuredConcurrency, settings));
        measure(worker, settings);
        var tuned = newest.get(worker);
        if (tuned != null) {
            apply(tuned);
        }
        return settings;
    }

    /** Begins to read; returns at once. A second call does nothing. */
    public synchronized void start() {
        if (reading == null) {
            reading =
                    tail.tail(Topics.OPS_TUNING, ONLY_PARTITION, 0L)
                            .subscribe(
                                    record -> apply(record.event().value()),
                                    failure ->
                                            log.error(
                                                    "BUG: live tuning ended, settings stay as they are",
                                                    failure));
        }
    }

    /** Ends reading; what is in force stays so. */
    public synchronized void stop() {
        if (reading != null) {
            reading.dispose();
            reading = null;
        }
    }

    private synchronized void apply(WorkerTuning tuned) {
        newest.put(tuned.getWorker(), tuned);
        var worker = workers.get(tuned.getWorker());
        if (worker == null) {
            return; // a worker of another process
        }
        try {
            var concurrency = tuned.getConcurrency();
            var next =
                    new WorkerSettings(
                            concurrency == null ? worker.configuredConcurrency() : concurrency,
                            tuned.getRatePerSecond(),
                            tuned.getPaused());
            worker.settings().change(next);
            log.info(
                    "Tuned: worker={} settings={} changedBy={}",
                    tuned.getWorker(),
                    next,
                    tuned.getChangedBy());
        } catch (IllegalArgumentException senseless) {
            log.warn(
                    "Tuning passed over: worker={} changedBy={} reason={}",
                    tuned.getWorker(),
                    tuned.getChangedBy(),
                    senseless.getMessage());
        }
    }

    private void measure(String worker, LiveSettings settings) {
        gauge(StageMeters.CONCURRENCY_LIMIT, worker, () -> settings.current().concurrency());
        gauge(
                StageMeters.RATE_LIMIT,
                worker,
                () -> {
                    var rate = settings.current().ratePerSecond();
                    return rate == null ? Double.NaN : rate;
                });
        gauge(StageMeters.PAUSED, worker, () -> settings.current().paused() ? 1 : 0);
    }

    private void gauge(StageMeters meter, String worker, Supplier<Number> value) {
        Gauge.builder(meter.meterName(), value)
                .tag("stage", worker)
                .strongReference(true)
                .register(meters);
    }
}
