package dev.orrery.simulator.astrology.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published places, and how far ours may be from them. */
class ReferenceChartsTest {

    private static final double ARC_MINUTE = 1 / 60.0;

    private static final Chart INDEPENDENCE =
            Chart.of(new Birth(LocalDateTime.of(1947, 8, 15, 0, 0), 28.6139, 77.209, 5.5));

    /** A published sample answer of the service itself; errors in arc minutes. */
    @ParameterizedTest
    @CsvSource({
        "SUN, 72.18954079, 0.5",
        "MOON, 11.72351599, 0.5",
        "MARS, 73.41992352, 1",
        "MERCURY, 85.49171301, 1",
        "JUPITER, 35.53009647, 7",
        "VENUS, 76.57181911, 1",
        "SATURN, 32.39707346, 10",
        "RAHU, 91.75926156, 0.1",
        "KETU, 271.75926156, 0.1"
    })
    void meetTheSampleOfTheService(Body body, double published, double arcMinutes) {
        // given
        Birth birth = new Birth(LocalDateTime.of(2000, 6, 27, 15, 30), 28.6, 77.2, 5.5);

        // when
        Point point = Chart.of(birth).of(body);

        // then
        assertThat(point.longitude()).isCloseTo(published, within(arcMinutes * ARC_MINUTE));
        assertThat(point.isRetrograde())
                .isEqualTo(body == Body.MERCURY || body == Body.RAHU || body == Body.KETU);
    }

    @Test
    void knowTheAscendantAndTheMoonOfAFamousChart() {
        assertThat(INDEPENDENCE.ascendant().longitude())
                .isCloseTo(37.7286, within(0.5 * ARC_MINUTE));
        assertThat(INDEPENDENCE.of(Body.MOON).longitude())
                .isCloseTo(93.98357, within(0.2 * ARC_MINUTE));
        assertThat(INDEPENDENCE.of(Body.MOON).nakshatra()).isEqualTo(Nakshatra.PUSHYA);
        assertThat(INDEPENDENCE.of(Body.MOON).pada()).isEqualTo(1);
        assertThat(INDEPENDENCE.of(Body.VENUS).longitude()).isCloseTo(112.56, within(ARC_MINUTE));
    }

    /** Meeus, example 47.a: the whole series was typed in without an error. */
    @Test
    void computeTheMoonOfATextbook() {
        // given
        double centuries = (2_448_724.5 - 2_451_545) / 36_525;

        // when
        double longitude = LunarSeries.longitude(centuries);

        // then
        assertThat(longitude).isCloseTo(133.162655, within(0.000002));
    }

    /**
     * Meeus, example 25.b, by a precise ephemeris: 199.905998° apparent, with nutation of 15.908″.
     */
    @Test
    void computeTheSunOfATextbook() {
        // given
        Moment moment = new Moment(2_448_908.5 - 59.0 / 86_400);
        double nutation = 15.908 / 3600;

        // when
        double tropical =
                Sky.point(Body.SUN, moment).longitude() + Ayanamsa.mean(moment.centuries());

        // then
        assertThat(tropical + nutation).isCloseTo(199.905998, within(0.5 * ARC_MINUTE));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 22.460511",
        "-0.5, 23.158725",
        "0, 23.857092",
        "0.26, 24.220304",
        "0.5, 24.555613",
        "1, 25.254287"
    })
    void tieTheZodiacToTheStars(double centuries, double ayanamsa) {
        assertThat(Ayanamsa.mean(centuries)).isCloseTo(ayanamsa, within(0.000002));
    }

    @ParameterizedTest
    @CsvSource({"1947, 28", "1992, 59", "2000, 64"})
    void knowHowTheEarthLagsBehind(int year, double seconds) {
        // given
        Instant middle =
                Year.of(year).atDay(182).atStartOfDay().toInstant(java.time.ZoneOffset.UTC);

        // then
        assertThat(Moment.of(middle).deltaT()).isCloseTo(seconds, within(2.0));
    }

    @Test
    void neverLeaveTheCircle() {
        for (int year = 1800; year <= 2200; year += 7) {
            Birth birth = new Birth(LocalDateTime.of(year, 2, 28, 23, 59), 66.9, -179.9, -12);

            // when
            Chart chart = Chart.of(birth);

            // then
            for (Body body : Body.values()) {
                assertThat(chart.of(body).longitude()).isBetween(0.0, 360.0 - 1e-9);
                assertThat(chart.house(body)).isBetween(1, 12);
            }
            assertThat(chart.ascendant().longitude()).isBetween(0.0, 360.0 - 1e-9);
        }
    }
}
