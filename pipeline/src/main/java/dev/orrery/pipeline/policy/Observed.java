package dev.orrery.pipeline.policy;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.pipeline.stage.StageSpan;
import dev.orrery.pipeline.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
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
    private final Spans spans;
    private final MeterRegistry meters;

    Observed(StageHandler<I> handler, Handling handling, Spans spans, MeterRegistry meters) {
        this.handler = handler;
        this.handling = handling;
        this.spans = spans;
        this.meters = meters;
    }

    @Override
    public Flux<Event<?>> handle(Event<I> cause) {
        return Flux.defer(() -> {
            var span = StageSpan.begin(spans, handling, cause);
            var spanned = cause.at(span.place());
            long began = System.nanoTime();
            return handler.handle(spanned)
                    // for events that are not made of the cause, such as the end of its turn
                    .contextWrite(context -> context.put(TraceParent.class, span.place()))
                    .doFinally(signal -> ended(span, spanned.context(), signal, began));
        });
    }

    private void ended(StageSpan span, EventContext context, SignalType signal, long began) {
        if (signal != SignalType.ON_COMPLETE) {
            span.letGo();
            return; // cancelled by a stop, or failed by a defect: it will come again
        }
        span.end();
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
