package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.TurnRef;
import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.Origin;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.safety.TextCheck.ModelName;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.telemetry.UserIds;
import dev.orrery.pipeline.turn.TurnEvents;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is recorded of a judgement, below the prompt that it belongs to. */
class JudgementSpansTest {

    private static final TurnRef TURN = TurnEvents.ref(Examples.openTurn(Examples.TURN));
    private static final TraceParent PLACE = TraceParent.rootOf(TURN.getTurnId());
    private static final ModelName MODEL = new ModelName("openai", "judge-1");
    private static final Duration TOOK = Duration.ofMillis(120);

    private final List<SpanData> recorded = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider sdk =
            SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new Recorder()))
                    .build();
    private final JudgementSpans spans =
            new JudgementSpans(new Spans(sdk.get("test"), UserIds.PLAIN, new ManualTime().clock()));

    private final class Recorder implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            recorded.addAll(spans);
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

    @AfterEach
    void stop() {
        sdk.close();
    }

    private static String said(SpanData span, String attribute) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(attribute)));
    }

    @Test
    void tellWhatWasFoundAndByWhom() {
        // when
        spans.ended(
                Side.INPUT,
                MODEL,
                new Ruling.Found("violence"),
                new Origin(PLACE, TURN, "abc123"),
                TOOK);

        // then
        var span = recorded.getFirst();
        assertThat(span.getName()).isEqualTo("moderate judge-1");
        assertThat(span.getParentSpanId()).isEqualTo(PLACE.parentId());
        assertThat(span.getTraceId()).isEqualTo(PLACE.traceId());
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(TOOK.toNanos());
        assertThat(said(span, "gen_ai.provider.name")).isEqualTo("openai");
        assertThat(said(span, "orrery.safety.stage")).isEqualTo("input");
        assertThat(said(span, "orrery.safety.category")).isEqualTo("violence");
        assertThat(said(span, "orrery.turn.id")).isEqualTo(TURN.getTurnId());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void tellThatThereWasNoJudgement() {
        // when
        spans.ended(Side.OUTPUT, MODEL, new Ruling.Unjudged(), Origin.UNKNOWN, TOOK);

        // then
        var span = recorded.getFirst();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(said(span, "error.type")).isEqualTo("unavailable");
        assertThat(said(span, "orrery.safety.category")).isEqualTo("null");
    }
}
