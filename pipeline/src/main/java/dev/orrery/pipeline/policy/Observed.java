package dev.orrery.pipeline.policy;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/**
 * Measures and logs each input from its first attempt to its end, and opens a span for it in its
 * trace.
 */
final class Observed<I extends SpecificRecord> implements StageHandler<I> {

    private static final Logger log = LoggerFactory.getLogger(Observed.class);

    private final StageHandler<I> handler;
    private final Handling handling;
    private final MeterRegistry meters;

    Observed(StageHandler<I> handler, Handling handling, MeterRegistry meters) {
        this.handler = handler;
        this.handling = handling;
        this.meters = meters;
    }

    @Override
    public Flux<Event<?>> handle(Event<I> cause) {
        return Flux.defer(() -> {
            var spanned = inNewSpan(cause);
            long began = System.nanoTime();
            return handler.handle(spanned)
                    .doFinally(signal -> ended(spanned.context(), signal, began));
        });
    }

    /** What the handler emits has this hop as its parent; a cause outside any trace begins one. */
    private static <T extends SpecificRecord> Event<T> inNewSpan(Event<T> cause) {
        var context = cause.context();
        var before = context.trace();
        var trace =
                before == null
                        ? new TraceParent(randomHex() + randomHex(), randomHex(), true)
                        : before.withParent(randomHex());
        var spanned =
                new EventContext(
                        context.id(),
                        context.source(),
                        context.time(),
                        context.correlationId(),
                        context.causationId(),
                        context.deadline(),
                        trace);
        return new Event<>(cause.topic(), cause.key(), cause.partition(), cause.value(), spanned);
    }

    /** 16 lower-case hex digits, not all zero. */
    private static String randomHex() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1L);
    }

    private void ended(EventContext context, SignalType signal, long began) {
        if (signal != SignalType.ON_COMPLETE) {
            return; // cancelled by a stop, or failed by a defect: it will come again
        }
        long nanos = System.nanoTime() - began;
        var outcome = handling.outcome().tag();
        meters.timer(StageMeters.HANDLED.meterName(), "stage", handling.stage(), "outcome", outcome)
                .record(nanos, TimeUnit.NANOSECONDS);
        log.atDebug()
                .addKeyValue("stage", handling.stage())
                .addKeyValue("record", handling.place())
                .addKeyValue("event", context.id())
                .addKeyValue("correlation", context.correlationId())
                .addKeyValue("trace", context.trace())
                .addKeyValue("outcome", outcome)
                .addKeyValue("attempts", handling.attempts())
                .addKeyValue("micros", TimeUnit.NANOSECONDS.toMicros(nanos))
                .log("Handled");
    }
}
