package dev.orrery.pipeline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Spans that are kept where a test can see them. */
public final class RecordedSpans implements SpanExporter {

    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final Spans spans =
            new Spans(
                    SdkTracerProvider.builder()
                            .setIdGenerator(new SpanIds())
                            .addSpanProcessor(SimpleSpanProcessor.create(this))
                            .build()
                            .get("test"),
                    UserIds.PLAIN,
                    Clock.systemUTC());

    public Spans spans() {
        return spans;
    }

    /** Those that have ended. */
    public List<SpanData> all() {
        return List.copyOf(ended);
    }

    public SpanData only() {
        assertThat(ended).hasSize(1);
        return ended.getFirst();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        ended.addAll(spans);
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
