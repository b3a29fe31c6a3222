package dev.orrery.llm;

import static dev.orrery.llm.RunningLlmWorker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SpanCollector;
import dev.orrery.events.AttemptTrace;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.TurnRef;
import dev.orrery.llm.gateway.Tokens;
import dev.orrery.pipeline.gateway.GenerateRequest;
import dev.orrery.simulator.Simulator;
import dev.orrery.simulator.script.Fault;
import dev.orrery.topics.Topics;
import io.opentelemetry.proto.trace.v1.Span;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The app as it is deployed: its own configuration, real servers, a provider over real HTTP. */
@ExtendWith(SharedLlmWorker.class)
class LlmWorkerTest {

    private final RunningLlmWorker worker;
    private final RealServers servers;
    private final Simulator provider;
    private final SpanCollector langfuse;

    LlmWorkerTest(RunningLlmWorker worker) {
        this.worker = worker;
        this.servers = worker.servers();
        this.provider = worker.provider();
        this.langfuse = worker.langfuse();
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

    private List<Span> spans(TurnRef turn, String name) {
        return worker.spans("orrery.turn.id", turn.getTurnId()).stream()
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
        try (var gateway = worker.gateway()) {

            // when
            var generated = gateway.generate(named).blockOptional(PATIENCE).orElseThrow();

            // then
            assertThat(generated.text()).isEqualTo("From the house.");
            assertThat(keys).containsExactly("none");
        } finally {
            house.disposeNow();
        }
    }

    @Test
    void asksAServerThatAConfigurationNamesAndSendsItNoKey() throws SQLException {
        // given
        var turn = servers.accept();
        var keys = new CopyOnWriteArrayList<String>();
        var house = house(keys);
        var attempt =
                PlannedAttempt.newBuilder(Examples.attempt("openai", "gpt"))
                        .setApiEndpoint("http://127.0.0.1:" + house.port() + "/v1")
                        .build();
        try {

            // when
            servers.publish(Topics.CHAT_PROMPTS, turn, attempt);

            // then
            var outcome = outcome(turn);
            assertThat(outcome.getState()).isEqualTo(OutcomeState.COMPLETED);
            assertThat(outcome.getProvider()).isEqualTo("openai");
            assertThat(outcome.getAttempts())
                    .extracting(AttemptTrace::getProvider)
                    .containsExactly("openai");
            assertThat(keys).containsExactly("none");
        } finally {
            house.disposeNow();
        }
    }

    @Test
    void passesAServerOverThatIsNotOnTheListAndAsksTheNextOne() throws SQLException {
        // given
        var turn = servers.accept();
        var attempt =
                PlannedAttempt.newBuilder(Examples.attempt("openai", "gpt"))
                        .setApiEndpoint("https://metadata.example/v1")
                        .build();

        // when
        servers.publish(
                Topics.CHAT_PROMPTS, turn, attempt, Examples.attempt("openai", "sim/3-tokens"));

        // then
        assertThat(outcome(turn).getAttempts())
                .extracting(AttemptTrace::getResult, AttemptTrace::getProvider)
                .containsExactly(tuple("endpoint_refused", "openai"), tuple("answered", "openai"));
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
        assertThatThrownBy(() -> worker.started("dummy_key"))
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
        var meters = worker.meters();
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

    private HttpStatusCode status(String path) {
        var response =
                WebClient.create(worker.url() + path)
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

    private ChatOutcome outcome(TurnRef turn) {
        return worker.outcome(turn);
    }
}
