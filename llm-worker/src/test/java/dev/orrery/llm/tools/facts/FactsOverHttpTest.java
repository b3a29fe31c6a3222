package dev.orrery.llm.tools.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.orrery.llm.Examples;
import dev.orrery.llm.tools.Errand;
import dev.orrery.llm.tools.ToolFailure;
import dev.orrery.pipeline.tool.ToolHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The side of {@code POST /v1/facts/{kind}} that asks, against a server that says what it likes.
 */
class FactsOverHttpTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String FRESH =
            "{\"kind\":\"weather\",\"state\":\"fresh\",\"text\":\"Rain\"}";

    /** What was asked: the path, the token, the body. */
    private record Asked(String path, @Nullable String token, String body) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private int status = 200;
    private String answer = FRESH;
    private Duration delay = Duration.ZERO;
    private @Nullable DisposableServer server;

    @BeforeEach
    void serve() {
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .handle((request, response) ->
                                request.receive()
                                        .aggregate()
                                        .asString()
                                        .doOnNext(body ->
                                                asked.add(
                                                        new Asked(
                                                                request.uri(),
                                                                request.requestHeaders()
                                                                        .get("Authorization"),
                                                                body)))
                                        .delayElement(delay)
                                        .flatMap(body ->
                                                response.status(status)
                                                        .sendString(Mono.just(answer))
                                                        .then()))
                        .bindNow();
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(server).disposeNow();
    }

    private FactsSettings settings(String url, Duration answerLimit) {
        return new FactsSettings(url, KEY, false, Duration.ofSeconds(1), answerLimit, 4);
    }

    private String url() {
        return "http://127.0.0.1:" + Objects.requireNonNull(server).port();
    }

    private static Errand errand(ToolHandler handler, String arguments) {
        return new Errand(
                "a_name",
                handler,
                (ObjectNode) JsonMapper.shared().readTree(arguments),
                Duration.ofSeconds(5),
                Examples.ref(Examples.openTurn(Examples.TURN)));
    }

    private @Nullable String told(FactsSettings settings, Errand errand) {
        try (var facts = settings.open(Clock.systemUTC())) {
            return facts.carryOut(errand).block(Duration.ofSeconds(20));
        }
    }

    private @Nullable String told(Errand errand) {
        return told(settings(url(), Duration.ofSeconds(10)), errand);
    }

    private ToolFailure failure(Errand errand) {
        return catchThrowableOfType(ToolFailure.class, () -> told(errand));
    }

    @Test
    void asksAboutTheTurnsUserWhateverTheModelSays() throws Exception {
        // when
        var told =
                told(errand(ToolHandler.GET_WEATHER, "{\"latitude\": 59.9, \"user_id\": \"eve\"}"));

        // then
        assertThat(told).isEqualTo("Rain");
        assertThat(asked)
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.path()).isEqualTo("/v1/facts/weather");
                    assertThat(JsonMapper.shared().readTree(each.body()))
                            .isEqualTo(
                                    JsonMapper.shared()
                                            .readTree(
                                                    """
                                                    {"user_id": "asha", "profile_version": 0,
                                                     "arguments": {"latitude": 59.9, "user_id": "eve"}}
                                                    """));
                });
        var token = SignedJWT.parse(Objects.requireNonNull(asked.getFirst().token()).substring(7));
        assertThat(token.verify(new MACVerifier(KEY))).isTrue();
        assertThat(token.getJWTClaimsSet().getStringClaim("service")).isEqualTo("orrery-llm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET_BIRTH_CHART | {} | /v1/facts/birth_chart | {"user_id":"asha","profile_version":0,"arguments":{}}
                    GET_BIRTH_CHART | {"profile":"second"} | /v1/facts/birth_chart | {"user_id":"asha","profile_version":0,"profile":"second","arguments":{}}
                    GET_EXCHANGE_RATE | {"base":"USD"} | /v1/facts/exchange_rates | {"user_id":"asha","profile_version":0,"arguments":{"base":"USD"}}
                    """)
    void asksForTheKindThatTheHandlerIsFor(
            ToolHandler handler, String arguments, String path, String body) {
        // when
        told(errand(handler, arguments));

        // then
        assertThat(asked)
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.path()).isEqualTo(path);
                    assertThat(each.body()).isEqualTo(body);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    200 | {"state":"absent","absence":"no_place"} | ABSENT | no_place
                    200 | {"state":"fresh","text":" "} | ABSENT | unknown
                    400 | {"code":"invalid_request","detail":"base: FOO (expected: a currency)"} | BAD_ARGUMENTS | base: FOO (expected: a currency)
                    401 | {"code":"invalid_token"} | UNAVAILABLE | it cannot be had now
                    503 | {"code":"unavailable"} | UNAVAILABLE | it cannot be had now
                    200 | no json | UNAVAILABLE | it cannot be had now
                    302 | {} | UNAVAILABLE | it cannot be had now
                    """)
    void tellsWhyThereIsNothing(
            int withStatus, String withAnswer, ToolFailure.Reason reason, String words) {
        // given
        status = withStatus;
        answer = withAnswer;

        // when
        var failure = failure(errand(ToolHandler.GET_WEATHER, "{}"));

        // then
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.words()).isEqualTo(words);
    }

    @Test
    void doesNotReadAnAnswerWithoutEnd() {
        // given
        answer = "{\"state\":\"fresh\",\"text\":\"" + "a".repeat(300 * 1024) + "\"}";

        // when
        var failure = failure(errand(ToolHandler.GET_WEATHER, "{}"));

        // then
        assertThat(failure.reason()).isEqualTo(ToolFailure.Reason.UNAVAILABLE);
    }

    @Test
    void waitsNoLongerThanItsLimit() {
        // given
        delay = Duration.ofSeconds(30);

        // when
        var failure =
                catchThrowableOfType(
                        ToolFailure.class,
                        () ->
                                told(
                                        settings(url(), Duration.ofMillis(100)),
                                        errand(ToolHandler.GET_WEATHER, "{}")));

        // then
        assertThat(failure.reason()).isEqualTo(ToolFailure.Reason.TIMED_OUT);
    }

    @Test
    void asksNobodyForAProfileThatIsNone() {
        // when
        var failure = failure(errand(ToolHandler.GET_BIRTH_CHART, "{\"profile\": \"eve\"}"));

        // then
        assertThat(failure.reason()).isEqualTo(ToolFailure.Reason.BAD_ARGUMENTS);
        assertThat(asked).isEmpty();
    }

    @Test
    void hasNothingWhereNobodyIsToBeAsked() {
        // when
        var failure =
                catchThrowableOfType(
                        ToolFailure.class,
                        () ->
                                told(
                                        settings(" ", Duration.ofSeconds(1)),
                                        errand(ToolHandler.GET_WEATHER, "{}")));

        // then
        assertThat(failure.reason()).isEqualTo(ToolFailure.Reason.UNAVAILABLE);
    }
}
