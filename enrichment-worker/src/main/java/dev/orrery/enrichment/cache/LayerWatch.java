package dev.orrery.enrichment.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One layer under watch: whatever goes wrong in it is counted, and is a miss to those who look and
 * nothing to those who keep. Timer {@value #METER}, with the tags {@code layer}, {@code operation}
 * and {@code result}.
 *
 * <p>A layer that begins to fail is logged once, and once more when it works again.
 */
final class LayerWatch {

    private static final Logger log = LoggerFactory.getLogger(LayerWatch.class);

    private static final String METER = "orrery.enrichment.layer";

    private enum Operation {
        FIND,
        KEEP
    }

    private enum Result {
        HIT,
        MISS,
        KEPT,
        /** It answered with something that nobody of us wrote. */
        GARBAGE,
        /** It did not answer in time. */
        SLOW,
        /** It is away or unwilling. */
        ERROR
    }

    private final Layer layer;
    private final MeterRegistry meters;
    private volatile boolean failing;

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
                            worked(Operation.FIND, found == null ? Result.MISS : Result.HIT, began))
                    .onErrorResume(failure -> failed(Operation.FIND, failure, began));
        });
    }

    Mono<Void> keep(Key key, Stored stored) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return layer.keep(key, stored)
                    .doOnSuccess(kept -> worked(Operation.KEEP, Result.KEPT, began))
                    .onErrorResume(failure -> failed(Operation.KEEP, failure, began));
        });
    }

    private void worked(Operation operation, Result result, long began) {
        if (failing) {
            failing = false;
            log.info("A cache layer works again: layer={}", layer.place());
        }
        record(operation, result, began);
    }

    private <T> Mono<T> failed(Operation operation, Throwable failure, long began) {
        var result =
                switch (failure) {
                    case Garbage ignored -> Result.GARBAGE;
                    case TimeoutException ignored -> Result.SLOW;
                    default -> Result.ERROR;
                };
        if (!failing) {
            failing = true;
            log.warn(
                    "A cache layer fails and is passed over: layer={} result={} reason={}",
                    layer.place(),
                    tag(result),
                    failure.getClass().getName());
        }
        record(operation, result, began);
        return Mono.empty();
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
