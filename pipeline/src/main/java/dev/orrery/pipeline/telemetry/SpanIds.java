package dev.orrery.pipeline.telemetry;

import dev.orrery.pipeline.event.TraceParent;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Ids of spans: random, unless whoever opens one says where it stands. */
final class SpanIds implements IdGenerator {

    private static final IdGenerator RANDOM = IdGenerator.random();
    private static final ScopedValue<TraceParent> PLACE = ScopedValue.newInstance();

    /** Opens a span that has no parent, and gets this trace and these ids. */
    static <T> T at(TraceParent place, Supplier<T> opening) {
        return ScopedValue.where(PLACE, place).call(opening::get);
    }

    @Override
    public String generateSpanId() {
        return PLACE.isBound() ? PLACE.get().parentId() : RANDOM.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return PLACE.isBound() ? PLACE.get().traceId() : RANDOM.generateTraceId();
    }
}
