package dev.orrery.enrichment.astrologyapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.ChartCalculator;
import dev.orrery.enrichment.chart.Division;
import dev.orrery.enrichment.chart.Panchang;
import dev.orrery.enrichment.ephemeris.Ephemeris;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** India's independence chart, as the service would answer it. */
class AstrologyAnswersTest {

    private static final String DATE = "\\d{1,2}-\\d{1,2}-\\d{4} {2}\\d{1,2}:\\d{1,2}";

    private final Chart chart =
            new ChartCalculator(Ephemeris.load())
                    .chart(
                            AstrologyRequest.of(
                                            JsonMapper.shared()
                                                    .readTree(
                                                            """
                                                            {"day": 15, "month": 8, "year": 1947,
                                                             "hour": 0, "min": 0, "lat": 28.6139,
                                                             "lon": 77.209, "tzone": 5.5}\
                                                            """))
                                    .birth());

    @Test
    void listsNineGrahasAndTheAscendantById() {
        // when
        JsonNode planets = AstrologyAnswers.planets(chart);
        // then
        assertThat(planets.values())
                .extracting(planet -> planet.path("id").intValue())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(planets.get(1).propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "fullDegree",
                        "normDegree",
                        "speed",
                        "isRetro",
                        "sign",
                        "signLord",
                        "nakshatra",
                        "nakshatraLord",
                        "nakshatra_pad",
                        "house",
                        "is_planet_set",
                        "planet_awastha");
        assertThat(planets.get(9).propertyNames())
                .containsExactlyInAnyOrderElementsOf(planets.get(1).propertyNames());
        assertThat(planets.get(1).path("fullDegree").doubleValue())
                .isCloseTo(93.98357, within(0.0001));
        assertThat(planets.get(1).path("normDegree").doubleValue())
                .isCloseTo(3.98357, within(0.0001));
        assertThat(planets.get(1).path("nakshatra").stringValue()).isEqualTo("Pushya");
        assertThat(planets.get(1).path("house").intValue()).isEqualTo(3);
    }

    @Test
    void writesRetrogradeAsTextForGrahasAndAsBooleanForTheAscendant() {
        // when
        JsonNode planets = AstrologyAnswers.planets(chart);
        // then
        assertThat(planets.get(0).path("isRetro").stringValue()).isEqualTo("false");
        assertThat(planets.get(7).path("isRetro").stringValue()).isEqualTo("true");
        assertThat(planets.get(8).path("isRetro").stringValue()).isEqualTo("true");
        assertThat(planets.get(9).path("isRetro").isBoolean()).isTrue();
        assertThat(planets.get(9).path("speed").intValue()).isZero();
        assertThat(planets.get(9).path("planet_awastha").stringValue()).isEqualTo("--");
    }

    @Test
    void describesTheMoonUnderTheKeysOfTheService() {
        // when
        JsonNode details = AstrologyAnswers.astroDetails(chart);
        // then
        assertThat(details)
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"ascendant": "Taurus", "ascendant_lord": "Venus",
                                         "Varna": "Vipra", "Vashya": "Jalchar", "Yoni": "Mesha",
                                         "Gan": "Deva", "Nadi": "Madhya", "SignLord": "Moon",
                                         "sign": "Cancer", "Naksahtra": "Pushya",
                                         "NaksahtraLord": "Saturn", "Charan": 1, "Yog": "Siddhi",
                                         "Karan": "Vanija", "Tithi": "Krishna Trayodashi",
                                         "yunja": "Madhya", "tatva": "Water",
                                         "name_alphabet": "Hu", "paya": "Copper"}\
                                        """));
    }

    @Test
    void writesMajorPeriodsInLocalTimeWithTwoBlanks() {
        // when
        JsonNode majors = AstrologyAnswers.majorVdasha(chart);
        // then
        assertThat(majors.size()).isEqualTo(9);
        assertThat(majors.get(0).path("planet").stringValue()).isEqualTo("Saturn");
        assertThat(majors.get(0).path("planet_id").intValue()).isEqualTo(6);
        assertThat(majors.get(0).path("start").stringValue())
                .startsWith("10-9-1946  13:")
                .matches(DATE);
        assertThat(majors.get(0).path("end").stringValue())
                .startsWith("10-9-1965  7:")
                .isEqualTo(majors.get(1).path("start").stringValue());
    }

    @Test
    void namesTheFivePeriodsThatRunAtTheMomentAskedAbout() {
        // given
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        // when
        JsonNode running = AstrologyAnswers.currentVdasha(chart, at);
        // then
        assertThat(running.propertyNames())
                .containsExactly(
                        "major", "minor", "sub_minor", "sub_sub_minor", "sub_sub_sub_minor");
        assertThat(running.values())
                .extracting(level -> level.path("planet").stringValue())
                .containsExactly("Mars", "Mars", "Venus", "Mars", "Venus");
        assertThat(running.path("major").path("start").stringValue()).startsWith("10-9-2025  ");
        assertThat(running.path("major").path("end").stringValue()).startsWith("10-9-2032  ");
    }

    @Test
    void drawsTwelveHousesFromTheAscendant() {
        // when
        JsonNode rasi = AstrologyAnswers.horoChart(chart, Division.D1);
        JsonNode navamsa = AstrologyAnswers.horoChart(chart, Division.D9);
        // then
        assertThat(rasi.size()).isEqualTo(12);
        assertThat(rasi.get(0).toString())
                .isEqualTo(
                        "{\"sign\":2,\"sign_name\":\"Taurus\",\"planet\":[\"RAHU\"],"
                                + "\"planet_small\":[\"Ra \"],\"planet_degree\":[\"\"]}");
        assertThat(navamsa.get(0).path("sign_name").stringValue()).isEqualTo("Pisces");
        assertThat(List.of(rasi, navamsa))
                .allSatisfy(houses ->
                        assertThat(houses.values())
                                .extracting(house -> house.path("planet").size())
                                .satisfies(sizes ->
                                        assertThat(sizes.stream().mapToInt(n -> n).sum())
                                                .isEqualTo(9)));
    }

    @Test
    void repeatsTheBirthWithItsAyanamsa() {
        // when
        JsonNode details = AstrologyAnswers.birthDetails(chart);
        // then
        assertThat(details.path("year").intValue()).isEqualTo(1947);
        assertThat(details.path("minute").intValue()).isZero();
        assertThat(details.path("timezone").doubleValue()).isEqualTo(5.5);
        assertThat(details.path("latitude").doubleValue()).isEqualTo(28.6139);
        assertThat(details.path("ayanamsha").doubleValue()).isCloseTo(23.12545, within(0.00001));
    }

    @Test
    void namesEveryLunarDayAndHalfDay() {
        // given
        List<String> special = List.of("Kimstughna", "Shakuni", "Chatushpada", "Naga");
        // when
        List<String> karanas =
                IntStream.rangeClosed(1, 60).mapToObj(karana -> karana(karana)).toList();
        // then
        assertThat(karanas).containsOnlyOnceElementsOf(special);
        assertThat(karanas.get(0)).isEqualTo("Kimstughna");
        assertThat(karanas.subList(57, 60)).containsExactly("Shakuni", "Chatushpada", "Naga");
        assertThat(karanas.stream().filter("Vishti"::equals)).hasSize(8);
    }

    private static String karana(int karana) {
        return PanchangNames.karana(new Panchang((karana + 1) / 2, karana, 1));
    }
}
