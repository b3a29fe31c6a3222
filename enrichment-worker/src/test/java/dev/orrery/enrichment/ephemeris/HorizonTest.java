package dev.orrery.enrichment.ephemeris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HorizonTest {

    private static final double SECONDS_A_DAY = 86_400;

    private static final double J2000 = 2451545;

    private final Ephemeris ephemeris = Ephemeris.load();

    @Test
    void findsTheRisingPointToAHundredthOfAnArcSecondOnAllLatitudes() {
        for (Golden.Row row : Golden.rows("ascendants.csv")) {
            // given: computed with ERFA, as the crossing of horizon and ecliptic
            double universal = row.number(0) - J2000;
            Moment moment = new Moment(universal, universal + row.number(1) / SECONDS_A_DAY);
            // when
            double ascendant = ascendant(moment, row.number(2), row.number(3));
            // then
            assertThat(Golden.apart(ascendant, row.number(4))).as(row.toString()).isLessThan(0.02);
        }
    }

    @Test
    void hasARisingPointAtThePolesAndOnBothSidesOfTheDateLine() {
        SplittableRandom random = new SplittableRandom(90);
        for (int i = 0; i < 1000; i++) {
            // given
            Moment moment = Moment.ofTerrestrial(random.nextDouble(2415020, 2488069));
            double latitude = random.nextInt(-1, 2) * 90;
            double longitude = random.nextInt(-1, 2) * 180;
            // when
            double ascendant = ascendant(moment, latitude, longitude);
            // then
            assertThat(ascendant).isBetween(0.0, Math.nextDown(360.0));
        }
    }

    @Test
    void showsTheSameSkyOnTheTwoSidesOfTheDateLine() {
        // given
        Moment moment = Moment.ofTerrestrial(2460000.5);
        // when
        double west = ascendant(moment, -17.8, -180);
        double east = ascendant(moment, -17.8, 180);
        // then
        assertThat(Golden.apart(west, east)).isLessThan(1e-6);
    }

    @Test
    void nodsAsInAprilOf1987() {
        // given: Meeus, example 22.a, with the values of the modern model
        Moment moment = Moment.ofTerrestrial(2446895.5);
        // when
        Nutation nutation = ephemeris.nutation(moment);
        // then
        double obliquity = Precession.obliquity(moment.centuries()) + nutation.obliquity();
        assertThat(Math.toDegrees(nutation.longitude())).isCloseTo(-0.0010502, within(5e-7));
        assertThat(Math.toDegrees(obliquity)).isCloseTo(23.443559, within(1e-6));
    }

    private double ascendant(Moment moment, double latitude, double longitude) {
        return Horizon.ascendant(moment, ephemeris.nutation(moment), latitude, longitude);
    }
}
