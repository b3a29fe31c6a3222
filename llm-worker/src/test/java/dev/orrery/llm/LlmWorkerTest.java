package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.embedded.testing.SpanCollector;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.TurnRef;
import dev.orrery.llm.gateway.Tokens;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.gateway.GatewayAccess;
import dev.orrery.pipeline.gateway.GatewayClient;
import dev.orrery.pipeline.gateway.GenerateRequest;
import dev.orrery.simulator.Simulator;
import dev.orrery.simulator.script.Fault;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The app as it is deployed: its own configuration, real servers, a provider over real HTTP. */
class LlmWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static RealServers servers;
    private static Simulator provider;
    private static SpanCollector langfuse;
    private static ConfigurableApplicationContext app;

    @BeforeAll
    static void start() throws SQLException, IOException {
        servers = new RealServers();
        provider = Simulator.start(0);
        langfuse = SpanCollector.start();
        app = started(Tokens.KEY);
    }

    private static ConfigurableApplicationContext started(String gatewayKey) {
        return LlmWorker.app()
                .run(
                        "--SERVER_PORT=0",
                        "--KAFKA_BOOTSTRAP_SERVERS=" + SharedServers.kafka().bootstrapServers(),
                        "--SCHEMA_REGISTRY_URL=" + SharedServers.registry().url(),
                        "--DATABASE_URL=" + servers.database().url(),
                        "--REDIS_URL=" + SharedServers.redis().url(),
                        "--ORRERY_GATEWAY_KEY=" + gatewayKey,
                        "--OPENAI_BASE_URL=" + provider.url() + "/openai/v1",
                        "--OPENAI_API_KEY=sk-test",
                        "--LANGFUSE_HOST=" + langfuse.url(),
                        "--LANGFUSE_PUBLIC_KEY=pk-lf-test",
                        "--LANGFUSE_SECRET_KEY=sk-lf-test",
                        "--orrery.kafka.partitions=" + RealServers.PARTITIONS,
                        "--orrery.llm.http.private-addresses=allowed",
                        "--orrery.llm.providers.house.base-url=" + provider.url() + "/openai/v1",
                        "--orrery.llm.providers.house.api-key=sk-house");
    }

    @AfterAll
    static void stop() throws SQLException {
        app.close();
        provider.close();
        langfuse.close();
        servers.close();
    }

    @Test
    void answersAPromptFromTheProviderOfItsEnvironment() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(Topics.CHAT_PROMPTS, turn, Examples.attempt("openai", "sim/20-tokens-5ms"));

        // then
        var outcome = outcome(turn);
        assertThat(outcome.getState()).isEqualTo(OutcomeState.COMPLETED);
        assertThat(outcome.getProvider()).isEqualTo("openai");
        assertThat(outcome.getUsage().getEstimated()).isFalse();
        assertThat(outcome.getFirstTokenMillis()).isPositive();
        assertThat(servers.replies(turn)).first().isEqualTo("0/3 PROGRESS llm");
    }

    @Test
    void fallsBackToTheNextStepWithoutAWordToTheReader() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(
                Topics.CHAT_PROMPTS,
                turn,
                Examples.attempt("openai", "sim/status-503"),
                Examples.attempt("anthropic", "claude"),
                Examples.attempt("openai", "sim/3-tokens"));

        // then
        assertThat(outcome(turn).getAttempts())
                .extracting(attempt -> attempt.getResult())
                .containsExactly("overloaded", "provider_unavailable", "answered");
        assertThat(servers.replies(turn)).noneMatch(line -> line.contains("RESTARTED"));
    }

    @Test
    void tellsLangfuseOfEachCallOfATurnInOneTraceAndOfNoText() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(
                Topics.CHAT_PROMPTS,
                turn,
                Examples.attempt("openai", "sim/status-503"),
                Examples.attempt("openai", "sim/3-tokens"));

        // then
        outcome(turn);
        await().atMost(PATIENCE).until(() -> spans(turn, "process chat.prompts").size() == 1);
        var stage = spans(turn, "process chat.prompts").getFirst();
        assertThat(HexFormat.of().formatHex(stage.getTraceId().toByteArray()))
                .isEqualTo(turn.getTurnId().replace("-", ""));
        assertThat(spans(turn, "chat sim/status-503")).hasSize(1);
        assertThat(spans(turn, "chat sim/3-tokens")).hasSize(1);
        assertThat(spans(turn, ""))
                .filteredOn(span -> span.getName().startsWith("chat "))
                .allSatisfy(
                        span -> assertThat(span.getParentSpanId()).isEqualTo(stage.getSpanId()));
        assertThat(langfuse.requests())
                .allSatisfy(request ->
                        assertThat(request.path()).isEqualTo("/api/public/otel/v1/traces"));
        assertThat(langfuse.spans().toString())
                .doesNotContain("Will I be famous?", "sk-test", "sk-lf-test", Tokens.KEY);
    }

    private static List<Span> spans(TurnRef turn, String name) {
        return langfuse.spans().stream()
                .filter(span -> SpanCollector.text(span, "orrery.turn.id").equals(turn.getTurnId()))
                .filter(span -> span.getName().startsWith(name))
                .toList();
    }

    @Test
    void takesAProviderFromConfigurationAlone() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(Topics.CHAT_PROMPTS, turn, Examples.attempt("house", "sim/4-tokens"));

        // then
        assertThat(outcome(turn).getProvider()).isEqualTo("house");
        assertThat(
                        provider.openai()
                                .calls()
                                .of("sim/4-tokens")
                                .getFirst()
                                .received()
                                .header("authorization"))
                .isEqualTo("Bearer sk-house");
    }

    @Test
    void tellsNobodyWhatAProviderSaidOfItsFailure() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(Topics.CHAT_PROMPTS, turn, Examples.attempt("openai", "sim/error-after-2"));

        // then
        var outcome = outcome(turn);
        assertThat(outcome.getState()).isEqualTo(OutcomeState.FAILED);
        assertThat(outcome.getChargeMicros()).isZero();
        assertThat(outcome.toString()).doesNotContain(Fault.SECRET_MARKER);
        assertThat(servers.replies(turn).toString()).doesNotContain(Fault.SECRET_MARKER);
    }

    @Test
    void answersServicesThroughTheGateway() {
        // given
        var access =
                GatewayAccess.of(
                        URI.create("http://localhost:" + port()), Tokens.KEY, "reports", "tests");
        try (var gateway = new GatewayClient(access, Clock.systemUTC())) {

            // when
            var generated =
                    gateway.generate(GenerateRequest.ask("openai", "sim/5-tokens", "Hello?"))
                            .blockOptional(PATIENCE)
                            .orElseThrow();

            // then
            assertThat(generated.text()).isNotBlank();
            assertThat(generated.provider()).isEqualTo("openai");
            assertThat(generated.outputTokens()).isPositive();
        }
    }

    @Test
    void tellsWhichServiceHasAModelAskedInTheTraceOfThatService() {
        // given
        var trace = TraceParent.rootOf("the trace of a report");

        // when
        var status =
                WebClient.create("http://localhost:" + port())
                        .post()
                        .uri("/v1/generate/")
                        .header("Authorization", "jwt " + Tokens.of("reports"))
                        .header("traceparent", trace.toString())
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(
                                """
                                {"provider":"openai","model":"sim/6-tokens","request_id":"report-7","user":"asha",
                                 "messages":[{"role":"user","content":"Hello?"}],"fallbacks":[]}\
                                """)
                        .exchangeToMono(response ->
                                response.releaseBody().thenReturn(response.statusCode()))
                        .block(PATIENCE);

        // then
        assertThat(status).isEqualTo(HttpStatus.OK);
        await().atMost(PATIENCE).until(() -> !ofReport().isEmpty());
        assertThat(ofReport())
                .singleElement()
                .satisfies(span -> {
                    assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                            .isEqualTo(trace.traceId());
                    assertThat(HexFormat.of().formatHex(span.getParentSpanId().toByteArray()))
                            .isEqualTo(trace.parentId());
                    assertThat(SpanCollector.text(span, "orrery.service")).isEqualTo("reports");
                    assertThat(SpanCollector.text(span, "user.id")).isEqualTo("asha");
                });
    }

    private static List<Span> ofReport() {
        return langfuse.spans().stream()
                .filter(span -> SpanCollector.text(span, "orrery.request.id").equals("report-7"))
                .toList();
    }

    @Test
    void asksAServerThatAServiceNamesAndSendsItNoKey() {
        // given
        var keys = new CopyOnWriteArrayList<String>();
        var house = house(keys);
        var ask = GenerateRequest.ask("openai", "gpt", "Hello?");
        var named =
                new GenerateRequest(
                        ask.provider(),
                        ask.model(),
                        null,
                        ask.messages(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        Map.of("api_endpoint", "http://127.0.0.1:" + house.port() + "/v1"),
                        null,
                        null,
                        null);
        var access =
                GatewayAccess.of(
                        URI.create("http://localhost:" + port()), Tokens.KEY, "reports", "tests");
        try (var gateway = new GatewayClient(access, Clock.systemUTC())) {

            // when
            var generated = gateway.generate(named).blockOptional(PATIENCE).orElseThrow();

            // then
            assertThat(generated.text()).isEqualTo("From the house.");
            assertThat(keys).containsExactly("none");
        } finally {
            house.disposeNow();
        }
    }

    /** A server of somebody's own, which notes what keys it is sent. */
    private static DisposableServer house(List<String> keys) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    keys.add(request.requestHeaders().get("Authorization", "none"));
                    return response.sse()
                            .sendString(
                                    Mono.just(
                                            """
                                            data: {"choices":[{"index":0,"delta":{"content":"From the house."},"finish_reason":"stop"}]}

                                            data: [DONE]

                                            """));
                })
                .bindNow();
    }

    @Test
    void doesNotStartWithAWeakKeyForTheGateway() {
        // when / then
        assertThatThrownBy(() -> started("dummy_key"))
                .rootCause()
                .hasMessage("ORRERY_GATEWAY_KEY: 9 bytes (expected: at least 32)");
    }

    @Test
    void guardsItsCallsAndCountsWhatTheyCost() throws SQLException {
        // given
        var turn = servers.accept();

        // when
        servers.publish(Topics.CHAT_PROMPTS, turn, Examples.attempt("openai", "gpt-5-mini"));

        // then
        assertThat(outcome(turn).getState()).isEqualTo(OutcomeState.COMPLETED);
        var meters = app.getBean(MeterRegistry.class);
        assertThat(meters.get("orrery.llm.cost.today").gauge().value()).isPositive();
        assertThat(meters.get("orrery.llm.in.flight").tag("provider", "openai").gauge().value())
                .isZero();
        assertThat(
                        meters.get("orrery.llm.breaker.state")
                                .tag("model", "gpt-5-mini")
                                .gauge()
                                .value())
                .isZero();
    }

    @Test
    void isReadyAndShowsWhatItMeasures() {
        // when
        var readiness = status("/actuator/health/readiness");
        var liveness = status("/actuator/health/liveness");
        var metric = status("/actuator/metrics/orrery.llm.runs");

        // then
        assertThat(readiness).isEqualTo(HttpStatus.OK);
        assertThat(liveness).isEqualTo(HttpStatus.OK);
        assertThat(metric).isEqualTo(HttpStatus.OK);
    }

    private static String port() {
        return app.getEnvironment().getRequiredProperty("local.server.port");
    }

    private static HttpStatusCode status(String path) {
        var response =
                WebClient.create("http://localhost:" + port() + path)
                        .get()
                        .retrieve()
                        .onStatus(any -> true, any -> Mono.empty())
                        .toBodilessEntity()
                        .block(PATIENCE);
        if (response == null) {
            throw new IllegalStateException("no response (expected: one)");
        }
        return response.getStatusCode();
    }

    private static ChatOutcome outcome(TurnRef turn) {
        await().atMost(PATIENCE).until(() -> !servers.outcomes(turn).isEmpty());
        return servers.outcomes(turn).getFirst();
    }
}
