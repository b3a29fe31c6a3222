package dev.orrery.pipeline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SpanCollector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Spans on their way to a real collector, and what happens when it is not well. */
class TelemetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private SpanCollector collector;

    @BeforeEach
    void start() throws IOException {
        collector = SpanCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void deliversSpansToTheCollectorOfTheEnvironment() {
        // given
        var keys =
                Map.of(
                        "orrery.telemetry.endpoint",
                        collector.url(),
                        "orrery.telemetry.headers",
                        "x-api-key=k%201,x-scope=orrery",
                        "orrery.telemetry.environment",
                        "trial");

        // when
        try (var telemetry = telemetry(keys)) {
            telemetry.tracer().spanBuilder("something").startSpan().end();
        }

        // then
        assertThat(collector.spans()).extracting(Span::getName).containsExactly("something");
        var request = collector.requests().getFirst();
        assertThat(request.path()).isEqualTo("/v1/traces");
        assertThat(request.headers())
                .containsEntry("x-api-key", "k 1")
                .containsEntry("x-scope", "orrery")
                .containsEntry("content-type", "application/x-protobuf");
        assertThat(request.spans().getResourceSpans(0).getResource().toString())
                .contains("copying-worker", "trial");
        assertThat(counted("otlp", "exported")).isEqualTo(1);
    }

    @Test
    void deliversSpansToLangfuseAsItWantsThem() {
        // given
        var keys =
                Map.of(
                        "orrery.telemetry.langfuse.host", collector.url() + "/",
                        "orrery.telemetry.langfuse.public-key", "pk-lf-1",
                        "orrery.telemetry.langfuse.secret-key", "sk-lf-2");

        // when
        try (var telemetry = telemetry(keys)) {
            telemetry.tracer().spanBuilder("something").startSpan().end();
        }

        // then
        var request = collector.requests().getFirst();
        assertThat(request.path()).isEqualTo("/api/public/otel/v1/traces");
        assertThat(request.headers())
                .containsEntry("authorization", "Basic " + base64("pk-lf-1:sk-lf-2"))
                .containsEntry("x-langfuse-ingestion-version", "4");
        assertThat(request.spans().toString()).doesNotContain("sk-lf-2");
    }

    @Test
    void deliversSpansWithoutWaitingForTheStop() {
        // given
        var keys = Map.of("orrery.telemetry.endpoint", collector.url());
        try (var telemetry = telemetry(keys)) {

            // when
            telemetry.tracer().spanBuilder("something").startSpan().end();

            // then
            await().atMost(PATIENCE).until(() -> collector.spans().size() == 1);
        }
    }

    @Test
    void losesTheSpansOfACollectorThatRefusesThemAndCountsThem() {
        // given
        collector.answerWith(401);
        try (var telemetry = telemetry(Map.of("orrery.telemetry.endpoint", collector.url()))) {

            // when
            telemetry.tracer().spanBuilder("lost").startSpan().end();

            // then
            await().atMost(PATIENCE).until(() -> counted("otlp", "failed") == 1);
            collector.answerWith(200);
            telemetry.tracer().spanBuilder("delivered").startSpan().end();
            await().atMost(PATIENCE).until(() -> counted("otlp", "exported") == 1);
        }
    }

    @Test
    void losesTheSpansOfACollectorThatIsNotThere() {
        // given
        collector.close();
        try (var telemetry = telemetry(Map.of("orrery.telemetry.endpoint", collector.url()))) {

            // when
            telemetry.tracer().spanBuilder("lost").startSpan().end();

            // then
            await().atMost(PATIENCE).until(() -> counted("otlp", "failed") == 1);
        }
    }

    @Test
    void dropsWhatASilentCollectorLeavesNoRoomFor() {
        // given
        collector.fallSilent();
        var keys =
                Map.of(
                        "orrery.telemetry.endpoint", collector.url(),
                        "orrery.telemetry.queue", "2",
                        "orrery.telemetry.batch", "1",
                        "orrery.telemetry.export-limit", "1h",
                        "orrery.telemetry.flush", "10ms");
        var telemetry = telemetry(keys);
        telemetry.tracer().spanBuilder("on its way").startSpan().end();
        await().atMost(PATIENCE).until(() -> !collector.requests().isEmpty());

        // when
        for (int i = 0; i < 5; i++) {
            telemetry.tracer().spanBuilder("waiting").startSpan().end();
        }

        // then
        assertThat(counted("otlp", "dropped")).isEqualTo(3);
        telemetry.close(); // the rest has its time to flush, and no more
        assertThat(counted("otlp", "dropped")).isEqualTo(5);
    }

    @Test
    void keepsTheCollectorsApart() throws IOException {
        // given
        var keys =
                new HashMap<>(
                        Map.of(
                                "orrery.telemetry.endpoint", collector.url(),
                                "orrery.telemetry.langfuse.public-key", "pk-lf-1",
                                "orrery.telemetry.langfuse.secret-key", "sk-lf-2"));
        try (var other = SpanCollector.start()) {
            other.answerWith(403);
            keys.put("orrery.telemetry.langfuse.host", other.url());

            // when
            try (var telemetry = telemetry(keys)) {
                telemetry.tracer().spanBuilder("something").startSpan().end();
            }

            // then
            assertThat(counted("otlp", "exported")).isEqualTo(1);
            assertThat(counted("langfuse", "failed")).isEqualTo(1);
        }
    }

    @Test
    void recordsNothingWhereNobodyCollects() {
        // given
        var telemetry = telemetry(Map.of());

        // when
        var span = telemetry.tracer().spanBuilder("something").startSpan();

        // then
        assertThat(span.isRecording()).isFalse();
        assertThat(meters.getMeters()).isEmpty();
        telemetry.close();
    }

    private Telemetry telemetry(Map<String, String> keys) {
        var all = new HashMap<>(keys);
        all.putIfAbsent("orrery.telemetry.interval", "50ms");
        return new Telemetry(bound(all), "copying-worker", meters);
    }

    private static TelemetryProperties bound(Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate("orrery.telemetry", TelemetryProperties.class);
    }

    private double counted(String collector, String outcome) {
        return meters.get("orrery.telemetry.spans")
                .tags("collector", collector, "outcome", outcome)
                .counter()
                .count();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
