package dev.orrery.enrichment.ephemeris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {

    private static final double SECONDS_A_DAY = 86_400;

    @Test
    void countsFromNoonOfTheFirstOfJanuary2000() {
        // when
        Moment moment = Moment.of(Instant.parse("2000-01-01T12:00:00Z"));
        // then
        assertThat(moment.universalDays()).isZero();
        assertThat(moment.terrestrialDays() * SECONDS_A_DAY).isCloseTo(63.83, within(0.1));
    }

    @Test
    void countsFractionsOfASecondBeforeTheEpochToo() {
        // when
        Moment moment = Moment.of(Instant.parse("1999-12-31T11:59:59.500Z"));
        // then
        assertThat(moment.universalDays()).isCloseTo(-1 - 0.5 / SECONDS_A_DAY, within(1e-11));
    }

    @ParameterizedTest
    @CsvSource({
        // published: USNO and IERS
        "1900.0, -2.7, 0.3", "1920.0, 21.2, 0.3", "1947.6, 28.1, 0.3", "1960.0, 33.15, 0.2",
        "1980.0, 50.54, 0.2", "1992.3, 58.6, 0.2", "2000.5, 64.0, 0.2", "2010.0, 66.07, 0.05",
        "2017.5, 68.8, 0.1", "2020.0, 69.36, 0.05", "2026.0, 69.1, 0.2"
    })
    void lagsByWhatWasObserved(double year, double seconds, double tolerance) {
        // when
        double deltaT = DeltaT.seconds(year);
        // then
        assertThat(deltaT).isCloseTo(seconds, within(tolerance));
    }

    @Test
    void lagsWithoutJumpsFrom1800To2200() {
        for (double year = 1800; year < 2200; year += 0.01) {
            // when
            double change = DeltaT.seconds(year + 0.01) - DeltaT.seconds(year);
            // then
            assertThat(Math.abs(change)).as("in %s", year).isLessThan(0.3);
        }
    }

    @Test
    void comesBackToTheForecastOfEspenakAndMeeusIn2100() {
        // when
        double deltaT = DeltaT.seconds(2100);
        // then: −20 + 32 u² − 0.5628 (2150 − year)
        assertThat(deltaT).isCloseTo(-20 + 32 * 2.8 * 2.8 - 0.5628 * 50, within(1e-9));
    }

    @Test
    void normalisesAnyAngleIntoTheCircle() {
        assertThat(Angles.normalised(-1e-20)).isZero();
        assertThat(Angles.normalised(360)).isZero();
        assertThat(Angles.normalised(-90)).isEqualTo(270);
        assertThat(Angles.normalised(725)).isEqualTo(5);
    }
}
