package dev.orrery.llm.telemetry;

import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.tools.ToolListener;
import dev.orrery.pipeline.telemetry.Capture;
import dev.orrery.pipeline.telemetry.CaptureSettings;
import dev.orrery.pipeline.telemetry.SpanNames;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.tool.CallState;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.tool.ToolHandler;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Records a span for each call of a tool when it has ended, beside those of the models' calls. */
public final class ToolSpans implements ToolListener {

    private static final String OPERATION = "execute_tool";

    private final Spans spans;
    private final CaptureSettings settings;

    public ToolSpans(Spans spans, CaptureSettings settings) {
        this.spans = spans;
        this.settings = settings;
    }

    @Override
    public void ended(Origin origin, @Nullable ToolHandler handler, CalledTool call) {
        var began = spans.before(Duration.ofMillis(call.tookMillis()));
        var name = OPERATION + " " + call.name();
        var place = origin.place();
        var span =
                (place == null
                                ? spans.alone(name, SpanKind.INTERNAL)
                                : spans.under(place, name, SpanKind.INTERNAL))
                        .setStartTimestamp(began)
                        .startSpan();
        if (span.isRecording()) {
            describe(span, origin, call);
        }
        span.end(began.plusMillis(call.tookMillis()));
    }

    private void describe(Span span, Origin origin, CalledTool call) {
        var turn = origin.turn();
        if (turn != null) {
            span.setAllAttributes(spans.of(turn));
            span.setAttribute(GenerationNames.CONVERSATION, turn.getSessionId());
        }
        span.setAttribute(GenerationNames.OPERATION, OPERATION);
        span.setAttribute(GenerationNames.LANGFUSE_TYPE, "tool");
        span.setAttribute(GenerationNames.TOOL_NAME, call.name());
        span.setAttribute(GenerationNames.TOOL_CALL, call.id());
        span.setAttribute(GenerationNames.RESULT, call.outcome());
        if (call.states().getLast() == CallState.FAILED) {
            span.setStatus(StatusCode.ERROR, call.outcome());
            span.setAttribute(SpanNames.ERROR_TYPE, call.outcome());
        }
        if (settings.capture() == Capture.TEXT) {
            span.setAttribute(
                    GenerationNames.LANGFUSE_INPUT,
                    Redaction.of(call.arguments(), settings.chars()));
            var result = call.result();
            span.setAttribute(
                    GenerationNames.LANGFUSE_OUTPUT,
                    Redaction.of(result == null ? "" : result, settings.chars()));
        }
    }
}
