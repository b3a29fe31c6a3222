package dev.orrery.llm.safety;

import dev.orrery.llm.chain.Origin;
import dev.orrery.pipeline.safety.TextCheck.ModelName;
import dev.orrery.pipeline.telemetry.SpanNames;
import dev.orrery.pipeline.telemetry.Spans;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;

/** Records a span for each judgement of a model, made when it has come. Holds no text. */
final class JudgementSpans {

    private static final String STAGE = "orrery.safety.stage";
    private static final String CATEGORY = "orrery.safety.category";
    private static final String PROVIDER = "gen_ai.provider.name";
    private static final String MODEL = "gen_ai.request.model";
    private static final String UNAVAILABLE = "unavailable";

    private final Spans spans;

    JudgementSpans(Spans spans) {
        this.spans = spans;
    }

    void ended(Side side, ModelName model, Ruling ruling, Origin origin, Duration took) {
        var began = spans.before(took);
        var span = opened(model, origin).setStartTimestamp(began).startSpan();
        if (span.isRecording()) {
            var turn = origin.turn();
            if (turn != null) {
                span.setAllAttributes(spans.of(turn));
            }
            span.setAttribute(PROVIDER, model.provider());
            span.setAttribute(MODEL, model.model());
            span.setAttribute(STAGE, side.wireName());
            switch (ruling) {
                case Ruling.Passed ignored -> {}
                case Ruling.Found found -> span.setAttribute(CATEGORY, found.category());
                case Ruling.Unjudged ignored -> {
                    span.setStatus(StatusCode.ERROR, UNAVAILABLE);
                    span.setAttribute(SpanNames.ERROR_TYPE, UNAVAILABLE);
                }
            }
        }
        span.end(began.plus(took));
    }

    private SpanBuilder opened(ModelName model, Origin origin) {
        var name = "moderate " + model.model();
        var place = origin.place();
        return place == null
                ? spans.alone(name, SpanKind.CLIENT)
                : spans.under(place, name, SpanKind.CLIENT);
    }
}
