package dev.orrery.llm.telemetry;

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
import reactor.core.Disposable;

/** A chain with scripted models, and a real collector that is told of its calls. */
final class ToldSpans implements AutoCloseable {

    static final TurnRef TURN = TurnEvents.ref(Examples.openTurn(Examples.TURN));
    static final TraceParent PLACE = TraceParent.rootOf(TURN.getTurnId());
    static final String QUESTION = "Will I be famous? Tell ada@example.org.";
    static final String ANSWER = "Good day, Ada.";
    static final ModelFailure OVERLOADED =
            new ModelFailure.Overloaded("status 503", null).about("request-1");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final Map<String, ChatModel> models = new HashMap<>();
    private final SpanCollector collector;
    private final SdkTracerProvider sdk;

    ToldSpans() throws IOException {
        collector = SpanCollector.start();
        var exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(collector.url() + "/v1/traces").build();
        sdk =
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build();
    }

    @Override
    public void close() {
        sdk.shutdown().join(1, TimeUnit.SECONDS);
        collector.close();
    }

    void script(String provider, Script script) {
        models.put(provider, new ScriptedModel(time.ticker(), script));
    }

    /** An answer of 300 ms, its first text after 250. */
    static Script answer() {
        return Script.nothing()
                .send(new ModelChunk.Started("request-2"))
                .pause(Duration.ofMillis(250))
                .text(ANSWER)
                .pause(Duration.ofMillis(50))
                .finish(FinishReason.STOP)
                .send(new ModelChunk.Usage(30, 8, 20L, 3L));
    }

    /** Has the usual request answered to its end. */
    void run(Capture capture) {
        run(capture, request(new Origin(PLACE, TURN, "abc123")));
    }

    void run(Capture capture, ChainRequest request) {
        begin(capture, request);
        time.advance(Duration.ofSeconds(5));
    }

    /** Asks, and does not let the time pass. */
    Disposable begin(Capture capture) {
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

    /** Asks openai/gpt, then bedrock/nova. */
    static ChainRequest request(Origin origin) {
        return request(origin, true, true);
    }

    static ChainRequest request(Origin origin, boolean firstStreamed, boolean secondStreamed) {
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

    /** So many spans, by attempt. */
    List<Span> spans(int count) {
        await().atMost(PATIENCE).until(() -> collector.spans().size() == count);
        return collector.spans().stream()
                .sorted(
                        Comparator.comparing(span ->
                                attributes(span).get("langfuse.observation.metadata.attempt")))
                .toList();
    }

    /** Values as text. */
    static Map<String, String> attributes(Span span) {
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
                            .map(ToldSpans::plain)
                            .toList()
                            .toString();
            default -> throw new AssertionError("BUG: an attribute of no kind that is written");
        };
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
