package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.call.CallState;
import dev.orrery.simulator.script.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** AstrologyAPI.com on the wire: shapes, quirks, refusals, and faults. */
class AstrologyServiceTest {

    /** India's independence: the chart that everybody knows. */
    private static final String BIRTH =
            """
            {"day": 15, "month": 8, "year": 1947, "hour": 0, "min": 0,
             "lat": 28.6139, "lon": 77.209, "tzone": 5.5}
            """;

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.reset();
    }

    @Test
    void listsTenPlanetsByIdWithTheQuirksOfTheService() throws IOException {
        // when
        JsonNode planets = ask("planets");

        // then
        assertThat(planets).hasSize(10);
        assertThat(planets)
                .extracting(planet -> planet.path("name").asString())
                .containsExactly(
                        "Sun",
                        "Moon",
                        "Mars",
                        "Mercury",
                        "Jupiter",
                        "Venus",
                        "Saturn",
                        "Rahu",
                        "Ketu",
                        "Ascendant");
        assertThat(planets)
                .extracting(planet -> planet.path("id").asInt())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(planets.get(0).path("isRetro").isString()).isTrue();
        assertThat(planets.get(7).path("isRetro").asString()).isEqualTo("true");
        assertThat(planets.get(8).path("isRetro").asString()).isEqualTo("true");
        JsonNode ascendant = planets.get(9);
        assertThat(ascendant.path("isRetro").isBoolean()).isTrue();
        assertThat(ascendant.path("planet_awastha").asString()).isEqualTo("--");
        assertThat(ascendant.path("speed").asDouble()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, Cancer, 3",
        "1, Cancer, 3",
        "2, Gemini, 2",
        "3, Cancer, 3",
        "4, Libra, 6",
        "5, Cancer, 3",
        "6, Cancer, 3",
        "7, Taurus, 1",
        "8, Scorpio, 7",
        "9, Taurus, 1"
    })
    void placesThePlanetsOfAKnownChart(int id, String sign, int house) throws IOException {
        // when
        JsonNode planet = ask("planets").get(id);

        // then
        assertThat(planet.path("sign").asString()).isEqualTo(sign);
        assertThat(planet.path("house").asInt()).isEqualTo(house);
    }

    @Test
    void describesTheMoonWithKeysThatAreMisspelt() throws IOException {
        // when
        JsonNode details = ask("astro_details");

        // then
        assertThat(details.path("ascendant").asString()).isEqualTo("Taurus");
        assertThat(details.path("Naksahtra").asString()).isEqualTo("Pushya");
        assertThat(details.path("NaksahtraLord").asString()).isEqualTo("Saturn");
        assertThat(details.path("Charan").asInt()).isEqualTo(1);
        assertThat(details.propertyNames())
                .contains(
                        "ascendant_lord",
                        "Varna",
                        "Vashya",
                        "Yoni",
                        "Gan",
                        "Nadi",
                        "SignLord",
                        "sign",
                        "Yog",
                        "Karan",
                        "Tithi",
                        "yunja",
                        "tatva",
                        "name_alphabet",
                        "paya");
    }

    @Test
    void writesDatesWithTwoBlanksAndNoLeadingZeros() throws IOException {
        // when
        JsonNode majors = ask("major_vdasha");

        // then
        assertThat(majors).hasSize(9);
        assertThat(majors.get(0).path("planet").asString()).isEqualTo("Saturn");
        assertThat(majors.get(0).path("start").asString())
                .startsWith("10-9-1946  ")
                .matches("\\d{1,2}-\\d{1,2}-\\d{4} {2}\\d{1,2}:\\d{1,2}");
        assertThat(majors.get(0).path("end").asString()).startsWith("10-9-1965  ");
        assertThat(majors.get(1).path("planet").asString()).isEqualTo("Mercury");
    }

    @Test
    void tellsTheFivePeriodsThatRunNow() throws IOException {
        // when
        JsonNode running = ask("current_vdasha");

        // then
        assertThat(running.propertyNames())
                .containsExactlyInAnyOrder(
                        "major", "minor", "sub_minor", "sub_sub_minor", "sub_sub_sub_minor");
        assertThat(running.at("/major/planet").asString()).isEqualTo("Mars");
        assertThat(running.at("/major/planet_id").asInt()).isEqualTo(2);
        assertThat(running.at("/minor/planet").asString()).isEqualTo("Rahu");
    }

    @Test
    void listsTheNeighboursOfTheRunningPeriods() throws IOException {
        // when
        JsonNode all = ask("current_vdasha_all");

        // then
        assertThat(all.at("/major/dasha_period")).isEqualTo(ask("major_vdasha"));
        assertThat(all.at("/sub_sub_sub_minor/dasha_period")).hasSize(9);
        assertThat(all.at("/minor/dasha_period")).contains(ask("current_vdasha").path("minor"));
    }

    @Test
    void drawsTwelveHousesFromTheAscendant() throws IOException {
        // when
        JsonNode houses = ask("horo_chart/D1");

        // then
        assertThat(houses).hasSize(12);
        assertThat(houses.get(0).path("sign_name").asString()).isEqualTo("Taurus");
        assertThat(houses.get(0).path("planet"))
                .extracting(JsonNode::asString)
                .containsExactly("RAHU");
        assertThat(houses.get(2).path("planet"))
                .extracting(JsonNode::asString)
                .containsExactly("SUN", "MOON", "MERCURY", "VENUS", "SATURN");
    }

    @Test
    void putsEveryPlanetIntoOneHouseOfTheNinthParts() throws IOException {
        // when
        JsonNode houses = ask("horo_chart/D9");

        // then
        assertThat(houses).hasSize(12);
        assertThat(houses.valueStream().mapToInt(house -> house.path("planet").size()).sum())
                .isEqualTo(9);
    }

    @Test
    void repeatsTheBirthWithItsAyanamsha() throws IOException {
        // when
        JsonNode details = ask("birth_details");

        // then
        assertThat(details.path("minute").asInt()).isZero();
        assertThat(details.path("timezone").asDouble()).isEqualTo(5.5);
        assertThat(details.path("ayanamsha").asDouble()).isBetween(23.12, 23.13);
    }

    @Test
    void translatesNamesAndLeavesIdsAlone() throws IOException {
        // when
        JsonNode planets = json(call("planets", BIRTH, "accept-language: hi"));

        // then
        assertThat(planets.get(1).path("id").asInt()).isEqualTo(1);
        assertThat(planets.get(1).path("name").asString()).isEqualTo("चंद्र");
        assertThat(planets.get(1).path("sign").asString()).isEqualTo("कर्क");
        assertThat(planets.get(1).path("nakshatra").asString()).isEqualTo("पुष्य");
    }

    @Test
    void readsFormsAndNumbersInText() throws IOException {
        // given
        String form = "day=15&month=8&year=1947&hour=0&min=0&lat=28.6139&lon=77.209&tzone=5.5";
        String text = BIRTH.replaceAll("(-?[\\d.]+)", "\"$1\"");

        // when
        List<JsonNode> answers = List.of(json(call("planets", form)), json(call("planets", text)));

        // then
        assertThat(answers).containsOnly(ask("planets"));
    }

    @ParameterizedTest
    @CsvSource({
        "day, 31, month, 4",
        "day, 29, month, 2",
        "month, 13, hour, 0",
        "hour, 24, min, 0",
        "min, 60, hour, 0",
        "lat, 91, lon, 0",
        "lon, 181, lat, 0",
        "tzone, 5.3, lat, 0",
        "tzone, 15, lat, 0",
        "year, 1700, lat, 0",
        "year, x, lat, 0",
        "min, 0.5, lat, 0"
    })
    void answersStatusFalseToAnImpossibleBirth(
            String one, String value, String other, String otherValue) throws IOException {
        // given
        ObjectNode birth = (ObjectNode) JsonMapper.shared().readTree(BIRTH);
        birth.put(one, value).put(other, otherValue);

        // when
        Heard heard = call("planets", birth.toString());

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(json(heard).path("status").asBoolean(true)).isFalse();
        assertThat(json(heard).path("msg").asString()).contains(Fault.SECRET_MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "day"})
    void answersStatusFalseToABodyThatIsNone(String body) throws IOException {
        assertThat(json(call("planets", body)).path("status").asBoolean(true)).isFalse();
    }

    @Test
    void wantsCredentials() throws IOException {
        // when
        Heard heard;
        try (RawCall call = RawCall.post(simulator, "/astrology/v1/planets", BIRTH)) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(401);
        assertThat(json(heard).path("status").asBoolean(true)).isFalse();
    }

    @Test
    void takesAKeyInAHeaderOfItsOwn() throws IOException {
        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(
                        simulator, "/astrology/v1/planets", BIRTH, "x-astrologyapi-key: any")) {
            heard = call.readAll();
        }

        // then
        assertThat(json(heard)).hasSize(10);
    }

    @Test
    void countsCallsByEndpoint() throws IOException {
        // when
        ask("planets");
        ask("planets");
        ask("horo_chart/D9");

        // then
        assertThat(simulator.astrology().calls().count("planets")).isEqualTo(2);
        assertThat(simulator.astrology().calls().count("horo_chart/D9")).isEqualTo(1);
        assertThat(simulator.astrology().calls().count()).isEqualTo(3);
    }

    @Test
    void playsAScriptForTheNextCallsOnly() throws IOException {
        // given
        simulator.astrology().scriptNext("status-429-retry-after-1", "status-500");

        // when
        List<Integer> statuses =
                List.of(
                        call("planets", BIRTH).status(),
                        call("astro_details", BIRTH).status(),
                        call("planets", BIRTH).status());

        // then
        assertThat(statuses).containsExactly(429, 500, 200);
    }

    @Test
    void playsAScriptForOneEndpoint() throws IOException {
        // given
        simulator.astrology().scriptTarget("current_vdasha", "html");

        // then
        assertThat(call("current_vdasha", BIRTH).text()).startsWith("<!DOCTYPE html>");
        assertThat(call("planets", BIRTH).status()).isEqualTo(200);
    }

    @Test
    void takesAScriptFromTheUserId() throws IOException {
        // when
        Heard heard;
        try (RawCall call =
                RawCall.post(
                        simulator, "/astrology/v1/planets", BIRTH, basic("sim/status-503:key"))) {
            heard = call.readAll();
        }

        // then
        assertThat(heard.status()).isEqualTo(503);
        assertThat(json(heard).path("status").asBoolean(true)).isFalse();
    }

    @Test
    void hangsUntilTheClientLeaves() throws IOException {
        // given
        simulator.astrology().script("hang");
        RawCall call = begin("planets", BIRTH);
        await().until(() -> simulator.astrology().calls().count("planets") == 1);

        // when
        call.close();

        // then
        await().until(() ->
                simulator.astrology().calls().of("planets").getLast().state()
                        == CallState.CANCELLED);
    }

    @Test
    void spoilsItsAnswersInEveryWay() throws IOException {
        assertThat(faulty("html").text()).startsWith("<!DOCTYPE html>");
        assertThat(json(faulty("error-first")).path("status").asBoolean(true)).isFalse();
        assertThat(faulty("cut-after-1").end()).isEqualTo(End.CUT);
        assertThat(faulty("reset").end()).isEqualTo(End.RESET);
        assertThatThrownBy(() -> json(faulty("broken-event-after-0")))
                .isInstanceOf(JacksonException.class);
        assertThat(json(faulty("empty-choices"))).isEmpty();
        assertThat(json(faulty("missing-keys")))
                .hasSize(10)
                .allSatisfy(planet -> assertThat(planet).isEmpty());
        assertThat(json(faulty("null-content")))
                .allSatisfy(planet -> assertThat(planet.path("sign").isNull()).isTrue());
        assertThat(faulty("invalid-utf8").bytes()).contains((byte) 0xFF);
        assertThat(faulty("enormous-event-32-kib").bytes().length).isGreaterThan(32 << 10);
        assertThat(faulty("wrong-content-type").headers().get("content-type"))
                .startsWith("text/plain");
        assertThat(faulty("split-events-9-bytes").packets().size()).isGreaterThan(50);
    }

    @Test
    void knowsNoOtherEndpointAndNoOtherMethod() throws IOException {
        assertThat(call("tarot", BIRTH).status()).isEqualTo(404);
        try (RawCall call =
                RawCall.send(simulator, "GET", "/astrology/v1/planets", "", basic("user:key"))) {
            assertThat(call.readAll().status()).isEqualTo(404);
        }
    }

    private static Heard faulty(String script) throws IOException {
        simulator.astrology().scriptNext(script);
        return call("planets", BIRTH);
    }

    private static JsonNode ask(String endpoint) throws IOException {
        return json(call(endpoint, BIRTH));
    }

    private static Heard call(String endpoint, String body, String... headers) throws IOException {
        try (RawCall call = begin(endpoint, body, headers)) {
            return call.readAll();
        }
    }

    private static RawCall begin(String endpoint, String body, String... headers)
            throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = basic("user:key");
        return RawCall.post(simulator, "/astrology/v1/" + endpoint, body, all);
    }

    private static String basic(String pair) {
        return "authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(Heard heard) {
        return JsonMapper.shared().readTree(heard.bytes());
    }
}
