package dev.orrery.enrichment.chartapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client of AstrologyAPI.com gets that is pointed here. */
class ChartApiTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /** India's independence: the chart that everybody knows. */
    private static final String BIRTH =
            """
            {"day": 15, "month": 8, "year": 1947, "hour": 0, "min": 0,
             "lat": 28.6139, "lon": 77.209, "tzone": 5.5}
            """;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ChartServer open;
    private static ChartServer guarded;

    @BeforeAll
    static void start() {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        open = new ChartServer(new ChartApiSettings("", "", 100), clock);
        guarded = new ChartServer(new ChartApiSettings("600", "a-secret", 100), clock);
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
        HTTP.close();
    }

    @Test
    void placesThePlanets() throws Exception {
        // when
        var planets = ask("planets", BIRTH);

        // then
        assertThat(planets).hasSize(10);
        assertThat(planets.get(1).path("name").asString()).isEqualTo("Moon");
        assertThat(planets.get(1).path("fullDegree").asDouble()).isCloseTo(93.98357, within(3e-4));
        assertThat(planets.get(9).path("fullDegree").asDouble()).isCloseTo(37.7286, within(3e-4));
        assertThat(planets.get(0).path("isRetro").isString()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "astro_details | /ascendant            | Taurus",
                "birth_details | /timezone             | 5.5",
                "major_vdasha  | /0/planet             | Saturn",
                "current_vdasha| /major/planet         | Mars",
                "manglik       | /manglik_status       | PRESENT",
                "manglik       | /manglik_present_rule/based_on_house/0 | Mars is in house 2, counted from the ascendant",
                "horo_chart/D1 | /0/sign_name          | Taurus",
                "horo_chart/D9 | /0/sign_name          | Pisces"
            })
    void servesEveryTable(String table, String where, String said) throws Exception {
        // when
        var answer = ask(table, BIRTH);

        // then
        assertThat(answer.at(where).asString("")).isEqualTo(said);
    }

    @Test
    void tellsThePeriodsOfTheMomentAskedAbout() throws Exception {
        // given
        var inTheBody = BIRTH.replace("\"tzone\"", "\"at\": \"1950-01-01T00:00:00Z\", \"tzone\"");

        // when
        var then = ask("current_vdasha", inTheBody);

        // then
        assertThat(then.at("/major/planet").asString()).isEqualTo("Saturn");
        assertThat(ask("current_vdasha?at=1950-01-01T00:00:00Z", BIRTH)).isEqualTo(then);
        assertThat(ask("current_vdasha", BIRTH)).isNotEqualTo(then);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "application/x-www-form-urlencoded, true",
        "application/x-www-form-urlencoded, false",
        "text/plain, true"
    })
    void readsJsonAndFormsWhateverTheyAreCalled(String contentType, boolean json) throws Exception {
        // given
        var form = "day=15&month=8&year=1947&hour=0&min=0&lat=28.6139&lon=77.209&tzone=5.5";

        // when
        var answer = post(open, "planets", json ? BIRTH : form, "Content-Type", contentType);

        // then
        assertThat(json(answer)).isEqualTo(ask("planets", BIRTH));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"day\": 15', '\"day\": 32', day: 32",
        "'15, \"month\": 8', '29, \"month\": 2', day: 29",
        "'\"lat\": 28.6139', '\"lat\": 90.5', latitude: 90.5",
        "'\"lon\": 77.209', '\"lon\": \"east\"', lon: east",
        "'5.5', '5.3', tzone: 5.3",
        "'1947', '1799', year: 1799",
        "'\"min\": 0,', '', min: absent"
    })
    void refusesAnImpossibleBirthInTheServicesOwnForm(String said, String instead, String message)
            throws Exception {
        // given
        var birth = BIRTH.replace(said, instead);

        // when
        var answer = post(open, "planets", birth);

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("status").asBoolean(true)).isFalse();
        assertThat(json(answer).path("msg").asString()).startsWith(message + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "day",
                "{\"day\": 1, \"day\": 2}",
                "day=%zz",
                "day=1&day=2",
                "[[[[[[[["
            })
    void refusesABodyThatIsNone(String body) throws Exception {
        // when
        var answer = post(open, "planets", body);

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("status").asBoolean(true)).isFalse();
    }

    @Test
    void readsNoBodyThatIsTooLarge() throws Exception {
        // given
        var large = BIRTH.replace("{", "{" + " ".repeat(SentBirth.MOST_BYTES));

        // when
        var answer = post(open, "planets", large);

        // then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("status").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tarot", "horo_chart/D10", "horo_chart", "planets/extended"})
    void knowsNoOtherTable(String table) throws Exception {
        // when
        var answer = post(open, table, BIRTH);

        // then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("status").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, 600:a-secret, 200",
        "Authorization, 600:another, 401",
        "Authorization, 601:a-secret, 401",
        "Authorization, a-secret, 401",
        "x-astrologyapi-key, a-secret, 200",
        "x-astrologyapi-key, another, 401",
        "X-Other, nothing, 401"
    })
    void wantsTheAccountThatIsConfigured(String header, String account, int status)
            throws Exception {
        // given
        var value = header.equals("Authorization") ? basic(account) : account;

        // when
        var answer = post(guarded, "planets", BIRTH, header, value);

        // then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                .isEqualTo(status == 401);
    }

    @Test
    void takesAnyAccountWhereNoneIsConfigured() throws Exception {
        // when
        var answer = post(open, "planets", BIRTH, "Authorization", basic("any:key"));

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    private static JsonNode ask(String table, String body) throws Exception {
        return json(post(open, table, body));
    }

    private static HttpResponse<String> post(
            ChartServer server, String table, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(server.url() + "/" + table))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String basic(String account) {
        return "Basic "
                + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    }
}
