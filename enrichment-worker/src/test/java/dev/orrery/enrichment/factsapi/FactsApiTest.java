package dev.orrery.enrichment.factsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.enrichment.birthchart.AstrologySettings;
import dev.orrery.enrichment.birthchart.BirthChartSource;
import dev.orrery.enrichment.chartapi.ChartServer;
import dev.orrery.enrichment.facts.WordSource;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.rates.RatesSettings;
import dev.orrery.enrichment.rates.RatesSource;
import dev.orrery.enrichment.source.ServiceSource;
import dev.orrery.enrichment.weather.WeatherSettings;
import dev.orrery.enrichment.weather.WeatherSource;
import dev.orrery.events.CacheLayer;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.digest.Sha256;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.profiles.Profiles;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.simulator.Simulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the llm-worker gets when a model's tool wants to know something. */
class FactsApiTest {

    private static final Instant NOW = Instant.parse("2026-07-18T05:07:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpSettings HTTP =
            new HttpSettings(4, 10, Duration.ofSeconds(2), DataSize.ofKilobytes(64));

    private static final String ASHA = "{\"user_id\":\"asha\",\"profile_version\":1}";
    private static final String NOBODY = "{\"user_id\":\"nobody\",\"profile_version\":0}";

    private static final Profile PROFILE =
            new Profile(
                    JsonMapper.shared()
                            .readTree(
                                    """
                                    {"country": "IN", "place": {"latitude": 12.97, "longitude": 77.59},
                                     "birth": {"date": "1971-05-06", "time": "03:21",
                                       "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5},
                                     "second": {"birth": {"date": "1988-01-02", "time": "04:30",
                                       "latitude": 59.9127, "longitude": 10.7461, "utc_offset": 1}}}
                                    """));

    private static Simulator simulator;
    private static WordSource words;
    private static FactsServer server;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0, CLOCK);
        words = new WordSource("word");
        server = new FactsServer(FactsApiTest::profile, CLOCK, PATIENCE, sources());
    }

    private static List<ServiceSource<?, ?, ?>> sources() {
        var meters = new SimpleMeterRegistry();
        var charts =
                new BirthChartSource(
                        new AstrologySettings(
                                null, "", "", PlainHttp.REFUSED, PATIENCE, Duration.ZERO, 2, HTTP),
                        ChartServer.CALCULATOR,
                        CLOCK,
                        meters);
        return List.of(
                words,
                charts,
                charts.ofSecondProfile(),
                new WeatherSource(
                        new WeatherSettings(
                                URI.create(simulator.url("weather")),
                                PlainHttp.REFUSED,
                                PATIENCE,
                                Duration.ZERO,
                                Duration.ZERO,
                                HTTP),
                        CLOCK,
                        meters),
                new RatesSource(
                        new RatesSettings(
                                URI.create(simulator.url("exchange-rates")),
                                PlainHttp.REFUSED,
                                List.of("EUR", "USD"),
                                PATIENCE,
                                Duration.ZERO,
                                Duration.ZERO,
                                HTTP),
                        CLOCK,
                        meters));
    }

    private static Mono<Profile> profile(String user, int version) {
        return switch (user) {
            case "asha" -> Mono.just(PROFILE);
            case "unreadable" ->
                    Mono.error(new StageFailure.Transient("the database is away", new Exception()));
            default -> Mono.just(Profile.EMPTY);
        };
    }

    @AfterAll
    static void stop() {
        server.close();
        simulator.close();
    }

    @BeforeEach
    void forgetCalls() {
        simulator.reset();
    }

    @Test
    void tellsTheModelWhatATurnWouldHaveGathered() throws Exception {
        // given
        var gathered =
                server.facts()
                        .gather(
                                List.of(wanted("birth_chart"), wanted("weather")),
                                PROFILE,
                                Instant.now(),
                                PATIENCE)
                        .blockOptional(PATIENCE)
                        .orElseThrow();

        // when
        var chart = json(server.ask("birth_chart", ASHA));

        // then
        assertThat(chart.path("kind").asString()).isEqualTo("birth_chart");
        assertThat(chart.path("state").asString()).isEqualTo("fresh");
        assertThat(chart.path("layer").asString()).isEqualTo("instance");
        assertThat(chart.path("text").asString()).isEqualTo(gathered.getFirst().getText());
        assertThat(chart.path("fetched_at").asString()).isEqualTo(NOW.toString());
        assertThat(chart.path("took_ms").isIntegralNumber()).isTrue();
        var weather = json(server.ask("weather", ASHA));
        assertThat(weather.path("layer").asString()).isEqualTo("instance");
        assertThat(weather.path("text").asString()).isEqualTo(gathered.getLast().getText());
    }

    @Test
    void fillsTheCachesThatTurnsReadFrom() throws Exception {
        // given
        var asked = json(server.ask("exchange_rates", ASHA));

        // when
        var gathered =
                server.facts()
                        .gather(List.of(wanted("exchange_rates")), PROFILE, Instant.now(), PATIENCE)
                        .blockOptional(PATIENCE)
                        .orElseThrow();

        // then
        assertThat(asked.path("layer").asString()).isIn("api", "redis", "instance");
        assertThat(gathered.getFirst().getLayer()).isEqualTo(CacheLayer.INSTANCE);
    }

    @Test
    void tellsTheWeatherOfAPlaceThatTheModelNames() throws Exception {
        // when
        var answer =
                json(
                        server.ask(
                                "weather",
                                about("{\"latitude\": -33.8688, \"longitude\": 151.2093}")));

        // then
        assertThat(answer.path("state").asString()).isEqualTo("fresh");
        assertThat(answer.path("text").asString()).contains("### Weather");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"base\":\"USD\",\"quote\":\"JPY\"}; - 1 USD = ; JPY",
                "{\"base\":\"usd\",\"quotes\":[\"gbp\",\"INR\",\"USD\"]}; - 1 USD = ; GBP",
                "{\"quotes\":[\"CHF\"]}; - 1 INR = ; CHF",
                "{}; - 1 INR = ; EUR"
            })
    void tellsTheRatesThatTheModelWantsToKnow(String arguments, String base, String quote)
            throws Exception {
        // when
        var answer = json(server.ask("exchange_rates", about(arguments)));

        // then
        assertThat(answer.path("state").asString()).isEqualTo("fresh");
        assertThat(answer.path("text").asString()).contains(base.strip()).contains(quote);
    }

    @Test
    void neverTakesTheChartOfOneForThatOfTheOther() throws Exception {
        // given
        var second = ASHA.replace("}", ",\"profile\":\"second\",\"format\":\"json\"}");
        var first = ASHA.replace("}", ",\"profile\":\"first\",\"format\":\"json\"}");

        // when
        var theirs = json(server.ask("birth_chart", second));

        // then
        assertThat(theirs.path("kind").asString()).isEqualTo("second_birth_chart");
        assertThat(theirs.path("text").asString())
                .startsWith("{\"ascendant\":")
                .isNotEqualTo(json(server.ask("birth_chart", first)).path("text").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "birth_chart, no_birth_details",
        "weather, no_place",
        "exchange_rates, no_country",
        "word, no_name"
    })
    void statesWhatTheUserHasNotTold(String kind, String absence) throws Exception {
        // when
        var answer = server.ask(kind, NOBODY);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("state").asString()).isEqualTo("absent");
        assertThat(json(answer).path("layer").asString()).isEqualTo("none");
        assertThat(json(answer).path("absence").asString()).isEqualTo(absence);
        assertThat(json(answer).has("text")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "weather; {\"latitude\": 90.5, \"longitude\": 0}; arguments.latitude: out of range (expected: a number from -90.0 to 90.0)",
                "weather; {\"latitude\": 1e999, \"longitude\": 0}; arguments.latitude: out of range",
                "weather; {\"latitude\": 12.9}; arguments.longitude: missing",
                "weather; {\"latitude\": \"12\", \"longitude\": 0}; arguments.latitude: a text",
                "weather; {\"city\": \"Pune\"}; arguments.city: unknown field (expected: latitude, longitude)",
                "exchange_rates; {\"base\": \"XYZ\"}; arguments.base: no currency (expected: ISO 4217, such as INR)",
                "exchange_rates; {\"base\": \"rupee\"}; arguments.base: 5 characters (expected: at most 3)",
                "exchange_rates; {\"base\": \"A&b\"}; arguments.base: no currency",
                "exchange_rates; {\"base\": \"EUR\", \"quote\": \"eur\"}; arguments.quotes: only the base",
                "exchange_rates; {\"quote\": \"EUR\", \"quotes\": [\"USD\"]}; arguments.quote: beside quotes",
                "exchange_rates; {\"quotes\": [\"EUR\", 1]}; arguments.quotes[1]: a number",
                "birth_chart; {\"user_id\": \"somebody else\"}; arguments.user_id: unknown field (expected: none)",
                "birth_chart; {\"date\": \"1990-01-01\"}; arguments.date: unknown field (expected: none)",
                "birth_chart; []; arguments: an array (expected: an object)"
            })
    void tellsTheModelWhatIsWrongWithItsArguments(String kind, String arguments, String detail)
            throws Exception {
        // when
        var answer = server.ask(kind, about(arguments));

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo("invalid_request");
        assertThat(json(answer).path("detail").asString()).startsWith(detail);
        assertThat(simulator.weather().calls().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; user_id: missing (expected: a text)",
                "{\"user_id\":\"asha\"}; profile_version: missing",
                "{\"user_id\":\"asha\",\"profile_version\":-1}; profile_version: -1",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"profile\":\"third\"}; profile: no such choice",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"profile\":\"second\"}; profile: second (expected: first",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"format\":\"yaml\"}; format: no such choice",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"at\":1}; at: unknown field"
            })
    void refusesAQuestionThatIsNone(String body, String detail) throws Exception {
        // when
        var answer = server.ask("weather", body);

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).startsWith(detail);
    }

    @Test
    void tellsNothingToWhomItDoesNotKnow() throws Exception {
        // given
        long before = server.calls("invalid_token");

        // when
        var stranger = server.ask("POST", "birth_chart", ASHA);

        // then
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(json(stranger).path("code").asString()).isEqualTo("invalid_token");
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(authorized(ASHA, FactsServer.tokenOfAnotherKey()).statusCode()).isEqualTo(401);
        assertThat(
                        authorized(ASHA, FactsServer.token("\"bsh\":\"" + hash("other") + "\","))
                                .statusCode())
                .isEqualTo(401);
        await().untilAsserted(
                        () -> // counted when it was sent, which may be after it came
                        assertThat(server.calls("invalid_token")).isEqualTo(before + 3));
    }

    @Test
    void takesATokenThatIsForThisBodyOrThisUser() throws Exception {
        // given
        var forThisBody = FactsServer.token("\"bsh\":\"" + hash(ASHA) + "\",");

        // when
        var answer = authorized(ASHA, forThisBody);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(authorized(ASHA, FactsServer.token("\"sub\":\"asha\",")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsATokenOfOneUserNothingOfAnother() throws Exception {
        // given
        var ravis = FactsServer.token("\"sub\":\"ravi\",");

        // when
        var answer = authorized(ASHA, ravis);

        // then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).path("code").asString()).isEqualTo("not_this_user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST; tarot; {}; application/json; 404; not_found",
                "POST; weather/now; {}; application/json; 404; not_found",
                "PUT; weather; {}; application/json; 405; method_not_allowed",
                "POST; weather; {; application/json; 400; malformed_json",
                "POST; weather; []; application/json; 400; malformed_json",
                "POST; weather; {}; text/plain; 415; unsupported_media_type"
            })
    void saysNoByAStableCode(
            String method, String kind, String body, String type, int status, String code)
            throws Exception {
        // when
        var answer =
                server.ask(
                        method,
                        kind,
                        body,
                        "Authorization",
                        "Bearer " + FactsServer.token(),
                        "Content-Type",
                        type);

        // then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void readsNoBodyThatIsTooLarge() throws Exception {
        // when
        var answer = server.ask("weather", ASHA + " ".repeat(FactsEndpoint.MOST_BYTES));

        // then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("code").asString()).isEqualTo("payload_too_large");
    }

    @Test
    void asksToComeAgainWhileProfilesCannotBeRead() throws Exception {
        // when
        var answer = server.ask("weather", ASHA.replace("asha", "unreadable"));

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asString()).isEqualTo("unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void waitsForNoFactLongerThanItsPatience() throws Exception {
        // given
        var silent = new WordSource("word").answering(Mono.never());
        Profiles named =
                (user, version) ->
                        Mono.just(
                                new Profile(
                                        JsonMapper.shared()
                                                .createObjectNode()
                                                .put("name", "Asha")));

        // when
        try (var impatient =
                new FactsServer(named, CLOCK, Duration.ofMillis(300), List.of(silent))) {
            var answer = json(impatient.ask("word", ASHA));

            // then
            assertThat(answer.path("state").asString()).isEqualTo("absent");
            assertThat(answer.path("absence").asString()).isEqualTo("timed_out");
        }
    }

    @Test
    void isNotThereWithoutAKey() {
        // given
        var app = new ApplicationContextRunner().withUserConfiguration(FactsApiConfiguration.class);

        // when
        var keyless = app.withPropertyValues("orrery.facts-api.tokens.key=");

        // then
        keyless.run(context -> assertThat(context).doesNotHaveBean(FactsApiWatch.class));
    }

    private static String about(String arguments) {
        return ASHA.replace("}", ",\"arguments\":" + arguments + "}");
    }

    private static String hash(String body) {
        return Sha256.of(body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> authorized(String body, String token) throws Exception {
        return server.ask("POST", "birth_chart", body, "Authorization", "Bearer " + token);
    }

    private static WantedFact wanted(String kind) {
        return WantedFact.newBuilder().setKind(kind).setFormat("markdown").build();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
