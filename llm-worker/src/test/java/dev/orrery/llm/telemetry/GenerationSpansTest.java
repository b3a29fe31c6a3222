package dev.orrery.llm.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.orrery.embedded.testing.SpanCollector;
import dev.orrery.events.TurnRef;
import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.prices.Price;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.telemetry.Capture;
import dev.orrery.pipeline.telemetry.CaptureSettings;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.telemetry.UserIds;
import dev.orrery.pipeline.turn.TurnEvents;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** What a real collector is told of the calls of a chain. */
class GenerationSpansTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TurnRef TURN = TurnEvents.ref(Examples.openTurn(Examples.TURN));
    private static final TraceParent PLACE = TraceParent.rootOf(TURN.getTurnId());
    private static final String QUESTION = "Will I be famous? Tell ada@example.org.";
    private static final String ANSWER = "Good day, Ada.";
    private static final ModelFailure OVERLOADED =
            new ModelFailure.Overloaded("status 503", null).about("request-1");

    private final ManualTime time = new ManualTime();
    private final Map<String, ChatModel> models = new HashMap<>();
    private SpanCollector collector;
    private SdkTracerProvider sdk;

    @BeforeEach
    void start() throws IOException {
        collector = SpanCollector.start();
        var exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(collector.url() + "/v1/traces").build();
        sdk =
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build();
    }

    @AfterEach
    void stop() {
        sdk.shutdown().join(1, TimeUnit.SECONDS);
        collector.close();
    }

    @Test
    void tellOfEachCallOfAChainBelowWhateverAskedForIt() {
        // given
        script("openai", Script.failure(OVERLOADED));
        script("bedrock", answer());

        // when
        run(Capture.LENGTHS);

        // then
        assertThat(spans(2))
                .allSatisfy(span -> {
                    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
                    assertThat(hex(span.getTraceId())).isEqualTo(PLACE.traceId());
                    assertThat(hex(span.getParentSpanId())).isEqualTo(PLACE.parentId());
                    assertThat(attributes(span))
                            .containsEntry("langfuse.observation.type", "generation")
                            .containsEntry("session.id", TURN.getSessionId())
                            .containsEntry("user.id", TURN.getUserId())
                            .containsEntry("langfuse.trace.metadata.bot", TURN.getBotId())
                            .containsEntry("langfuse.trace.metadata.revision", TURN.getRevisionId())
                            .containsEntry("gen_ai.operation.name", "chat")
                            .containsEntry("gen_ai.request.max_tokens", "100");
                });
    }

    @Test
    void tellWhyACallFailed() {
        // given
        script("openai", Script.failure(OVERLOADED));
        script("bedrock", answer());

        // when
        run(Capture.LENGTHS);

        // then
        var failed = spans(2).getFirst();
        assertThat(failed.getName()).isEqualTo("chat gpt");
        assertThat(failed.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(failed))
                .containsEntry("error.type", "overloaded")
                .containsEntry("langfuse.observation.level", "ERROR")
                .containsEntry("langfuse.observation.metadata.request_id", "request-1")
                .containsEntry("langfuse.observation.metadata.attempt", "1")
                .containsEntry("langfuse.observation.metadata.fallback", "false")
                .doesNotContainKey("gen_ai.usage.input_tokens");
    }

    @Test
    void tellWhatAnAnswerTookAndCost() {
        // given
        script("openai", Script.failure(OVERLOADED));
        script("bedrock", answer());

        // when
        run(Capture.LENGTHS);

        // then
        var answered = spans(2).getLast();
        assertThat(answered.getName()).isEqualTo("chat nova");
        assertThat(answered.getEndTimeUnixNano() - answered.getStartTimeUnixNano())
                .isEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(attributes(answered))
                .containsEntry("gen_ai.provider.name", "aws.bedrock")
                .containsEntry("gen_ai.response.finish_reasons", "[stop]")
                .containsEntry("gen_ai.response.time_to_first_chunk", "0.25")
                .containsEntry("gen_ai.usage.input_tokens", "30")
                .containsEntry("gen_ai.usage.output_tokens", "8")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "20")
                .containsEntry("gen_ai.usage.reasoning.output_tokens", "3")
                .containsEntry("gen_ai.request.temperature", "0.5")
                .containsEntry(
                        "langfuse.observation.model.parameters",
                        "{\"temperature\":0.5,\"max_tokens\":100}")
                .containsEntry(
                        "langfuse.observation.usage_details",
                        "{\"input\":10,\"output\":5,\"input_cached_tokens\":20,"
                                + "\"output_reasoning_tokens\":3,\"total\":38}")
                .containsEntry("langfuse.observation.cost_details", "{\"total\":0.000046}")
                .containsEntry(
                        "langfuse.observation.completion_start_time", "2026-11-24T10:00:00.250Z")
                .containsEntry("langfuse.observation.metadata.usage_estimated", "false")
                .containsEntry("langfuse.observation.metadata.region", "eu-west-1")
                .containsEntry("langfuse.observation.metadata.fallback", "true")
                .containsEntry("langfuse.observation.metadata.before", "[1 openai/gpt overloaded]")
                .containsEntry("langfuse.observation.metadata.request_id", "request-2")
                .containsEntry("langfuse.observation.metadata.prompt_hash", "abc123");
    }

    @Test
    void tellNoTextUnlessItIsAskedFor() {
        // given
        script("openai", answer());

        // when
        run(Capture.LENGTHS);

        // then
        var span = spans(1).getFirst();
        assertThat(span.toString()).doesNotContain("famous", "ada@", "Be brief", "Good day");
        assertThat(attributes(span))
                .containsEntry("langfuse.observation.metadata.input_bytes", "57")
                .containsEntry("langfuse.observation.metadata.output_bytes", "14");
    }

    @Test
    void tellNotEvenLengthsWhenNothingIsToBeCaptured() {
        // given
        script("openai", answer());

        // when
        run(Capture.NONE);

        // then
        assertThat(attributes(spans(1).getFirst()).keySet())
                .noneMatch(name -> name.endsWith("_bytes"));
    }

    @Test
    void tellTextsRedactedAndCutWhenTheyAreAskedFor() {
        // given
        script("openai", answer());

        // when
        run(Capture.TEXT);

        // then
        assertThat(attributes(spans(1).getFirst()))
                .containsEntry(
                        "langfuse.observation.input",
                        "[{\"role\":\"system\",\"content\":\"Be brief and …\"},"
                                + "{\"role\":\"user\",\"content\":"
                                + "\"Will I be famous? Tell [mail]\"}]")
                .containsEntry("langfuse.observation.output", ANSWER);
    }

    @Test
    void tellWhetherTheProviderWasAskedForAStream() {
        // given
        script("openai", Script.failure(OVERLOADED));
        script("bedrock", answer());
        var origin = new Origin(PLACE, TURN, "abc123");

        // when
        begin(Capture.LENGTHS, request(origin, true, false));
        time.advance(Duration.ofSeconds(5));

        // then
        assertThat(spans(2))
                .extracting(span -> attributes(span).get("gen_ai.request.stream"))
                .containsExactly("true", "false");
    }

    @Test
    void tellEstimatedTokensAsSuch() {
        // given
        script("openai", Script.answer("12345678"));

        // when
        run(Capture.LENGTHS);

        // then
        assertThat(attributes(spans(1).getFirst()))
                .containsEntry("langfuse.observation.metadata.usage_estimated", "true")
                .containsEntry("gen_ai.usage.output_tokens", "2");
    }

    @Test
    void tellOfACallThatNobodyWaitsForAnyMore() {
        // given
        script("openai", Script.nothing().text("Good").silence());
        var running = begin(Capture.LENGTHS);

        // when
        running.dispose();

        // then
        var span = spans(1).getFirst();
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(attributes(span))
                .containsEntry("langfuse.observation.level", "WARNING")
                .containsEntry("langfuse.observation.metadata.result", "cancelled");
    }

    @Test
    void tellOfTheServiceThatAsksThroughTheGateway() {
        // given
        script("openai", answer());
        var client = new Origin.Client("reports", "asha", "r-1");

        // when
        begin(Capture.LENGTHS, request(Origin.of(client, PLACE)));
        time.advance(Duration.ofSeconds(5));

        // then
        var span = spans(1).getFirst();
        assertThat(hex(span.getTraceId())).isEqualTo(PLACE.traceId());
        assertThat(hex(span.getParentSpanId())).isEqualTo(PLACE.parentId());
        assertThat(attributes(span))
                .containsEntry("orrery.service", "reports")
                .containsEntry("orrery.request.id", "r-1")
                .containsEntry("user.id", "asha")
                .containsEntry("langfuse.trace.name", "gateway")
                .containsEntry("langfuse.trace.metadata.service", "reports")
                .containsEntry("langfuse.trace.metadata.request", "r-1")
                .doesNotContainKeys("session.id", "orrery.turn.id");
    }

    private static Script answer() {
        return Script.nothing()
                .send(new ModelChunk.Started("request-2"))
                .pause(Duration.ofMillis(250))
                .text(ANSWER)
                .pause(Duration.ofMillis(50))
                .finish(FinishReason.STOP)
                .send(new ModelChunk.Usage(30, 8, 20L, 3L));
    }

    private void script(String provider, Script script) {
        models.put(provider, new ScriptedModel(time.ticker(), script));
    }

    private void run(Capture capture) {
        begin(capture);
        time.advance(Duration.ofSeconds(5));
    }

    private Disposable begin(Capture capture) {
        return begin(capture, request(new Origin(PLACE, TURN, "abc123")));
    }

    private Disposable begin(Capture capture, ChainRequest request) {
        var spans = new Spans(sdk.get("test"), UserIds.PLAIN, time.clock());
        var chain =
                new FallbackChain(
                        provider -> Optional.ofNullable(models.get(provider)),
                        CallGate.ALWAYS_OPEN,
                        (provider, model) ->
                                Optional.of(new Price(1_000_000, 2_000_000, 1_000_000, 2_000_000)),
                        List.of(new GenerationSpans(spans, new CaptureSettings(capture, 42))),
                        1_000,
                        time.ticker(),
                        time.clock());
        return chain.run(request).subscribe();
    }

    private static ChainRequest request(Origin origin) {
        return request(origin, true, true);
    }

    private static ChainRequest request(
            Origin origin, boolean firstStreamed, boolean secondStreamed) {
        var limits =
                new Limits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(4));
        return new ChainRequest(
                TURN.getTurnId(),
                new Conversation(
                        "Be brief and kind.",
                        List.of(new Conversation.Message(Conversation.Role.USER, QUESTION)),
                        0.5,
                        null,
                        null,
                        100),
                List.of(
                        new Step("openai", "gpt", null, 0, limits, firstStreamed, null),
                        new Step("bedrock", "nova", "eu-west-1", 0, limits, secondStreamed, null)),
                1,
                Duration.ofSeconds(60),
                Conduct.DEFAULT,
                TURN.getBotId(),
                origin);
    }

    private List<Span> spans(int count) {
        await().atMost(PATIENCE).until(() -> collector.spans().size() == count);
        return collector.spans().stream()
                .sorted(
                        Comparator.comparing(span ->
                                attributes(span).get("langfuse.observation.metadata.attempt")))
                .toList();
    }

    private static Map<String, String> attributes(Span span) {
        var attributes = new HashMap<String, String>();
        span.getAttributesList().forEach(each -> attributes.put(each.getKey(), value(each)));
        return attributes;
    }

    private static String value(KeyValue attribute) {
        return plain(attribute.getValue());
    }

    private static String plain(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case ARRAY_VALUE ->
                    value.getArrayValue().getValuesList().stream()
                            .map(GenerationSpansTest::plain)
                            .toList()
                            .toString();
            default -> throw new AssertionError("BUG: an attribute of no kind that is written");
        };
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
