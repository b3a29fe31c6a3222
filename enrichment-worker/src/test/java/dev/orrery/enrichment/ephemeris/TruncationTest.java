package dev.orrery.enrichment.ephemeris;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the left out terms cost, against the complete series from 1900 to 2100. */
class TruncationTest {

    private static final double DAYS_A_MILLENNIUM = 365_250;

    private static final double DAYS_A_CENTURY = 36_525;

    private static final String MOON = "moon";

    @Test
    void leavesOutLessThanATwentiethOfAnArcSecondOfTheMoon() {
        SphericalSeries series = SphericalSeries.load("moon.series");
        for (Golden.Row row : Golden.rows("full-series.csv")) {
            if (row.columns().get(1).equals(MOON)) {
                // when
                double t = row.number(0) / DAYS_A_CENTURY;
                double longitude = Math.abs(series.longitude().at(t) - row.number(2));
                double latitude = Math.abs(series.latitude().at(t) - row.number(3));
                double kilometres = Math.abs(series.distance().at(t) - row.number(4));
                // then
                assertThat(longitude).as("longitude %s", row).isLessThan(0.05);
                assertThat(latitude).as("latitude %s", row).isLessThan(0.08);
                assertThat(kilometres).as("distance %s", row).isLessThan(1);
            }
        }
    }

    @Test
    void leavesOutLessThanATenthOfAnArcSecondOfThePlanets() {
        for (Golden.Row row : Golden.rows("full-series.csv")) {
            String planet = row.columns().get(1);
            if (!planet.equals(MOON)) {
                // given
                SphericalSeries series = SphericalSeries.load(planet + ".series");
                double t = row.number(0) / DAYS_A_MILLENNIUM;
                // when
                double longitude = Math.abs(series.longitude().at(t) - row.number(2));
                double latitude = Math.abs(series.latitude().at(t) - row.number(3));
                double distance = Math.abs(series.distance().at(t) / row.number(4) - 1);
                // then
                double limit = Angles.ofArcSeconds(0.1);
                assertThat(longitude).as("longitude %s", row).isLessThan(limit);
                assertThat(latitude).as("latitude %s", row).isLessThan(limit);
                assertThat(distance).as("distance %s", row).isLessThan(1e-6);
            }
        }
    }
}
