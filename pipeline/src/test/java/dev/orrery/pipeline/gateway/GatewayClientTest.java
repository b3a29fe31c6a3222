package dev.orrery.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

class GatewayClientTest {

    private static final String KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ANSWER =
            """
            {"request_id":"r-1","provider":"groq","model":"llama","finish_reason":"stop",
             "choices":[{"index":0,"message":{"role":"assistant","content":"Good evening."}}],
             "usage":{"input_tokens":12,"output_tokens":4},"attempts":[]}\
            """;

    /** What the gateway was sent. */
    private record Call(String uri, String authorization, String app, String body) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = ANSWER;
    private volatile Mono<Void> delay = Mono.empty();

    private final DisposableServer gateway =
            HttpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .handle((request, response) ->
                            request.receive()
                                    .aggregate()
                                    .asString(StandardCharsets.UTF_8)
                                    .doOnNext(sent ->
                                            calls.add(
                                                    new Call(
                                                            request.uri(),
                                                            request.requestHeaders()
                                                                    .get("Authorization"),
                                                            request.requestHeaders()
                                                                    .get("app-identifier"),
                                                            sent)))
                                    .then(Mono.defer(() -> delay))
                                    .then(
                                            Mono.defer(() ->
                                                    response.status(status)
                                                            .header("Location", "/elsewhere")
                                                            .sendString(Mono.just(body))
                                                            .then())))
                    .bindNow();

    private final GatewayClient client =
            new GatewayClient(access("", Duration.ofSeconds(20)), Clock.systemUTC());

    private GatewayAccess access(String end, Duration answerLimit) {
        return new GatewayAccess(
                URI.create("http://127.0.0.1:" + gateway.port() + end),
                KEY,
                "reports",
                "prod-orrery",
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                answerLimit,
                false);
    }

    @AfterEach
    void close() {
        client.close();
        gateway.disposeNow();
    }

    @Test
    void asksAsTheGatewayWantsToBeAsked() {
        // given
        var request = GenerateRequest.ask("openai", "gpt", "Good evening?");

        // when
        var generated = client.generate(request).block(PATIENCE);

        // then
        assertThat(generated)
                .isEqualTo(
                        new Generated(
                                "r-1", "groq", "llama", "stop", "Good evening.", List.of(), 12, 4));
        var call = calls.getFirst();
        assertThat(call.uri()).isEqualTo("/v1/generate/");
        assertThat(call.authorization()).startsWith("jwt ey");
        assertThat(call.app()).isEqualTo("prod-orrery");
        assertThat(JsonMapper.shared().readTree(call.body()))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"provider":"openai","model":"gpt",
                                         "messages":[{"role":"user","content":"Good evening?"}]}\
                                        """));
    }

    @Test
    void offersToolsAndIsToldWhatIsToBeCalled() {
        // given
        body =
                ANSWER.replace(
                        "\"content\":\"Good evening.\"",
                        """
                        "content":null,"tool_calls":[{"id":"c-1","type":"function",
                         "function":{"name":"chart","arguments":"{\\"sign\\":\\"leo\\"}"}}]\
                        """);
        var schema = Map.<String, Object>of("type", "object");
        var ask = GenerateRequest.ask("openai", "gpt", "My chart?");
        var request =
                new GenerateRequest(
                        ask.provider(),
                        ask.model(),
                        null,
                        ask.messages(),
                        List.of(GenerateRequest.Tool.of("chart", "Casts a chart.", schema)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);

        // when
        var generated = client.generate(request).blockOptional(PATIENCE).orElseThrow();

        // then
        assertThat(generated.text()).isEmpty();
        assertThat(generated.toolCalls())
                .containsExactly(new Generated.ToolCall("c-1", "chart", "{\"sign\":\"leo\"}"));
        assertThat(JsonMapper.shared().readTree(calls.getFirst().body()).path("tools").toString())
                .isEqualTo(
                        """
                        [{"type":"function","function":{"name":"chart","description":"Casts a chart.",\
                        "parameters":{"type":"object"}}}]\
                        """);
    }

    @Test
    void takesAHostWithASlash() {
        // given
        try (var slashed =
                new GatewayClient(access("/", Duration.ofSeconds(20)), Clock.systemUTC())) {

            // when
            slashed.generate(GenerateRequest.ask("openai", "gpt", "Hm?")).block(PATIENCE);

            // then
            assertThat(calls.getFirst().uri()).isEqualTo("/v1/generate/");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_token,        TokenRefused",
        "429, rate_limited,         RateLimited",
        "400, invalid_request,      RequestRefused",
        "413, payload_too_large,    RequestRefused",
        "502, all_providers_failed, NoAnswer",
        "504, deadline_exceeded,    NoAnswer",
        "422, content_refused,      NoAnswer",
        "503, spending_limit_reached, NoAnswer",
        "409, request_in_progress,  Unreachable",
        "422, request_id_conflict,  RequestRefused",
        "503, service_unavailable,  Unreachable",
        "302, moved,                Unreachable"
    })
    void failsByWhatTheGatewaySays(int said, String code, String failure) {
        // given
        status = said;
        body = "{\"code\":\"" + code + "\",\"detail\":\"x (expected: y)\",\"retry_after_s\":7}";

        // when
        var thrown = failure();

        // then
        assertThat(thrown).isInstanceOf(GatewayFailure.class);
        assertThat(thrown.getClass().getSimpleName()).isEqualTo(failure);
        assertThat(calls).hasSize(1);
        if (thrown instanceof GatewayFailure.RateLimited limited) {
            assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"choices\":[]}", "{\"choices\":[{\"message\":{}}]}"})
    void takesNothingForAnAnswerThatIsNone(String said) {
        // given
        body = said;

        // when
        var thrown = failure();

        // then
        assertThat(thrown).isInstanceOf(GatewayFailure.Unreachable.class);
    }

    @Test
    void waitsNoLongerThanItsLimit() {
        // given
        delay = Mono.never();
        try (var hasty = new GatewayClient(access("", Duration.ofMillis(50)), Clock.systemUTC())) {

            // when
            var asking = hasty.generate(GenerateRequest.ask("openai", "gpt", "Hm?"));

            // then
            assertThatThrownBy(() -> asking.block(PATIENCE))
                    .isInstanceOf(GatewayFailure.Unreachable.class)
                    .hasMessage("gateway: no answer in time");
        }
    }

    @Test
    void saysSoWhenNobodyListens() {
        // given
        gateway.disposeNow();

        // when
        var thrown = failure();

        // then
        assertThat(thrown).isInstanceOf(GatewayFailure.Unreachable.class);
    }

    private Throwable failure() {
        var asking = client.generate(GenerateRequest.ask("openai", "gpt", "Hm?"));
        return catchThrowable(() -> asking.block(PATIENCE));
    }
}
