package dev.orrery.simulator;

import static dev.orrery.simulator.AstrologyCaller.BIRTH;
import static dev.orrery.simulator.AstrologyCaller.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.script.Fault;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** AstrologyAPI.com on the wire: shapes, quirks, and births that cannot have been. */
class AstrologyServiceTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static Simulator simulator;
    private static AstrologyCaller caller;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
        caller = new AstrologyCaller(simulator);
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
        JsonNode planets = caller.ask("planets");

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
        JsonNode planet = caller.ask("planets").get(id);

        // then
        assertThat(planet.path("sign").asString()).isEqualTo(sign);
        assertThat(planet.path("house").asInt()).isEqualTo(house);
    }

    @Test
    void describesTheMoonWithKeysThatAreMisspelt() throws IOException {
        // when
        JsonNode details = caller.ask("astro_details");

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
        JsonNode majors = caller.ask("major_vdasha");

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
        JsonNode running = caller.ask("current_vdasha");

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
        JsonNode all = caller.ask("current_vdasha_all");

        // then
        assertThat(all.at("/major/dasha_period")).isEqualTo(caller.ask("major_vdasha"));
        assertThat(all.at("/sub_sub_sub_minor/dasha_period")).hasSize(9);
        assertThat(all.at("/minor/dasha_period"))
                .contains(caller.ask("current_vdasha").path("minor"));
    }

    @Test
    void drawsTwelveHousesFromTheAscendant() throws IOException {
        // when
        JsonNode houses = caller.ask("horo_chart/D1");

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
        JsonNode houses = caller.ask("horo_chart/D9");

        // then
        assertThat(houses).hasSize(12);
        assertThat(houses.valueStream().mapToInt(house -> house.path("planet").size()).sum())
                .isEqualTo(9);
    }

    @Test
    void repeatsTheBirthWithItsAyanamsha() throws IOException {
        // when
        JsonNode details = caller.ask("birth_details");

        // then
        assertThat(details.path("minute").asInt()).isZero();
        assertThat(details.path("timezone").asDouble()).isEqualTo(5.5);
        assertThat(details.path("ayanamsha").asDouble()).isBetween(23.12, 23.13);
    }

    @Test
    void translatesNamesAndLeavesIdsAlone() throws IOException {
        // when
        JsonNode planets = json(caller.call("planets", BIRTH, "accept-language: hi"));

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
        List<JsonNode> answers =
                List.of(json(caller.call("planets", form)), json(caller.call("planets", text)));

        // then
        assertThat(answers).containsOnly(caller.ask("planets"));
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
        Heard heard = caller.call("planets", birth.toString());

        // then
        assertThat(heard.status()).isEqualTo(200);
        assertThat(json(heard).path("status").asBoolean(true)).isFalse();
        assertThat(json(heard).path("msg").asString()).contains(Fault.SECRET_MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "day"})
    void answersStatusFalseToABodyThatIsNone(String body) throws IOException {
        assertThat(json(caller.call("planets", body)).path("status").asBoolean(true)).isFalse();
    }
}
