package dev.orrery.enrichment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Published charts, met to a fraction of an arc second. */
class ReferenceChartsTest {

    /** Half an arc second, in degrees. */
    private static final double HALF_A_SECOND = 0.5 / 3600;

    @Test
    void meetsThePublishedAnswerForAJuneDayOf2000() {
        // given
        Map<Graha, Double> published = new EnumMap<>(Graha.class);
        published.put(Graha.SUN, 72.18954079);
        published.put(Graha.MOON, 11.72351599);
        published.put(Graha.MARS, 73.41992352);
        published.put(Graha.MERCURY, 85.49171301);
        published.put(Graha.JUPITER, 35.53009647);
        published.put(Graha.VENUS, 76.57181911);
        published.put(Graha.SATURN, 32.39707346);
        published.put(Graha.RAHU, 91.75926156);
        // when
        Chart chart = Births.CALCULATOR.chart(Births.at(2000, 6, 27, 15, 30, 5.5));
        // then
        published.forEach((graha, longitude) ->
                assertThat(chart.of(graha).point().longitude())
                        .as(graha.name())
                        .isCloseTo(longitude, within(HALF_A_SECOND)));
        assertThat(chart.places().values().stream().filter(GrahaPlace::retrograde))
                .extracting(GrahaPlace::graha)
                .containsExactly(Graha.MERCURY, Graha.RAHU, Graha.KETU);
        assertThat(borders(chart).subList(0, 3))
                .containsExactly("KETU 1994-05-02", "VENUS 2001-05-02", "SUN 2021-05-02");
    }

    @Test
    void meetsTheChartOfIndiasIndependence() {
        // when
        Chart chart = Births.CALCULATOR.chart(Births.independence());
        // then
        assertThat(chart.ascendant().longitude()).isCloseTo(37.7286, within(0.0001));
        assertThat(chart.of(Graha.MOON).point().longitude()).isCloseTo(93.98357, within(0.00002));
        assertThat(chart.of(Graha.MOON).point().nakshatra()).isEqualTo(Nakshatra.PUSHYA);
        assertThat(chart.of(Graha.MOON).point().pada()).isEqualTo(1);
        assertThat(chart.of(Graha.MOON).point().passedOfNakshatra())
                .isCloseTo(0.04877, within(0.00001));
        assertThat(chart.of(Graha.VENUS).point().longitude()).isCloseTo(112.56, within(0.005));
        assertThat(houses(chart))
                .containsExactly(
                        "SUN CANCER 3",
                        "MOON CANCER 3",
                        "MARS GEMINI 2",
                        "MERCURY CANCER 3",
                        "JUPITER LIBRA 6",
                        "VENUS CANCER 3",
                        "SATURN CANCER 3",
                        "RAHU TAURUS 1",
                        "KETU SCORPIO 7");
        assertThat(borders(chart).subList(0, 2))
                .containsExactly("SATURN 1946-09-10", "MERCURY 1965-09-10");
    }

    private static List<String> houses(Chart chart) {
        return chart.places().values().stream()
                .map(place -> place.graha() + " " + place.point().sign() + " " + place.house())
                .toList();
    }

    private static List<String> borders(Chart chart) {
        return chart.periods().majors().stream()
                .map(period -> period.lord() + " " + localDate(period, chart))
                .toList();
    }

    private static LocalDate localDate(Period period, Chart chart) {
        return period.start().atOffset(chart.birth().offset()).toLocalDate();
    }
}
