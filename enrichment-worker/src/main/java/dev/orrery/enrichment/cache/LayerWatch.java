package dev.orrery.enrichment.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One layer under watch: whatever goes wrong in it is counted, and is a miss to those who look and
 * nothing to those who keep. Timer {@value #METER}, with the tags {@code layer}, {@code operation}
 * and {@code result}.
 *
 * <p>A layer that fails is logged once a minute at most.
 */
final class LayerWatch {

    private static final Logger log = LoggerFactory.getLogger(LayerWatch.class);

    private static final String METER = "orrery.enrichment.layer";
    private static final Duration LOG_EVERY = Duration.ofMinutes(1);

    private enum Operation {
        FIND,
        KEEP,
        FORGET
    }

    private enum Result {
        HIT,
        MISS,
        KEPT,
        FORGOTTEN,
        /** It answered with something that nobody of us wrote. */
        GARBAGE,
        /** It did not answer in time. */
        SLOW,
        /** It is away or unwilling. */
        ERROR
    }

    private final Layer layer;
    private final MeterRegistry meters;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    LayerWatch(Layer layer, MeterRegistry meters) {
        this.layer = layer;
        this.meters = meters;
    }

    Layer layer() {
        return layer;
    }

    Mono<Stored> find(Key key) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return layer.find(key)
                    .doOnSuccess(found ->
                            record(Operation.FIND, found == null ? Result.MISS : Result.HIT, began))
                    .onErrorResume(failure -> failed(Operation.FIND, failure, began));
        });
    }

    Mono<Void> keep(Key key, Stored stored) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return layer.keep(key, stored)
                    .doOnSuccess(kept -> record(Operation.KEEP, Result.KEPT, began))
                    .onErrorResume(failure -> failed(Operation.KEEP, failure, began));
        });
    }

    /** Fails only where entries do not end by themselves. */
    Mono<Void> forget(List<Key> keys) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return layer.forget(keys)
                    .doOnSuccess(gone -> record(Operation.FORGET, Result.FORGOTTEN, began))
                    .onErrorResume(failure ->
                            this.<Void>failed(Operation.FORGET, failure, began)
                                    .then(
                                            layer.forgetsByItself()
                                                    ? Mono.empty()
                                                    : Mono.error(failure)));
        });
    }

    private <T> Mono<T> failed(Operation operation, Throwable failure, long began) {
        var result =
                switch (failure) {
                    case Garbage ignored -> Result.GARBAGE;
                    case TimeoutException ignored -> Result.SLOW;
                    default -> Result.ERROR;
                };
        log(result, failure);
        record(operation, result, began);
        return Mono.empty();
    }

    private void log(Result result, Throwable failure) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + LOG_EVERY.toNanos())) {
            log.warn(
                    "A cache layer fails and is passed over: layer={} result={} reason={}",
                    layer.place(),
                    tag(result),
                    failure.getClass().getName());
        }
    }

    private void record(Operation operation, Result result, long began) {
        meters.timer(
                        METER,
                        "layer",
                        tag(layer.place()),
                        "operation",
                        tag(operation),
                        "result",
                        tag(result))
                .record(Duration.ofNanos(System.nanoTime() - began));
    }

    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
