package dev.orrery.llm.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.TurnRef;
import dev.orrery.llm.Examples;
import dev.orrery.llm.chain.Origin;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.telemetry.Capture;
import dev.orrery.pipeline.telemetry.CaptureSettings;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.telemetry.UserIds;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.tool.ToolHandler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToolSpansTest {

    private static final TurnRef TURN = Examples.ref(Examples.openTurn(Examples.TURN));
    private static final TraceParent PLACE = TraceParent.rootOf(TURN.getTurnId());
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    /** Keeps what it is given. */
    private static final class KeptSpans implements SpanExporter {

        private final List<SpanData> all = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            all.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private final KeptSpans kept = new KeptSpans();
    private final SdkTracerProvider sdk =
            SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(kept)).build();

    @AfterEach
    void stop() {
        sdk.close();
    }

    private SpanData span(Capture capture, String outcome) {
        var spans = new Spans(sdk.get("test"), UserIds.PLAIN, Clock.fixed(NOW, ZoneOffset.UTC));
        new ToolSpans(spans, new CaptureSettings(capture, 100))
                .ended(
                        new Origin(PLACE, TURN, "abc123"),
                        ToolHandler.GET_WEATHER,
                        new CalledTool(
                                1,
                                "call_1_1",
                                "get_weather",
                                "{\"mail\":\"ada@example.org\"}",
                                "Rain",
                                outcome,
                                300));
        return kept.all.getFirst();
    }

    private static @Nullable String text(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    @Test
    void tellOfACallBelowTheTurnsPrompt() {
        // when
        var span = span(Capture.LENGTHS, "answered");

        // then
        assertThat(span.getName()).isEqualTo("execute_tool get_weather");
        assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(span.getTraceId()).isEqualTo(PLACE.traceId());
        assertThat(span.getParentSpanId()).isEqualTo(PLACE.parentId());
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
                .isEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(text(span, "gen_ai.operation.name")).isEqualTo("execute_tool");
        assertThat(text(span, "gen_ai.tool.name")).isEqualTo("get_weather");
        assertThat(text(span, "gen_ai.tool.call.id")).isEqualTo("call_1_1");
        assertThat(text(span, "langfuse.observation.type")).isEqualTo("tool");
        assertThat(text(span, "orrery.turn.id")).isEqualTo(TURN.getTurnId());
        assertThat(text(span, "langfuse.observation.input")).isNull();
        assertThat(text(span, "langfuse.observation.output")).isNull();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void tellWhyThereIsNoResult() {
        // when
        var span = span(Capture.LENGTHS, "timed_out");

        // then
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(span, "error.type")).isEqualTo("timed_out");
    }

    @Test
    void tellTextsOnlyWhereTheyMayAndRedacted() {
        // when
        var span = span(Capture.TEXT, "answered");

        // then
        assertThat(text(span, "langfuse.observation.input"))
                .contains("mail")
                .doesNotContain("ada@example.org");
        assertThat(text(span, "langfuse.observation.output")).isEqualTo("Rain");
    }
}
