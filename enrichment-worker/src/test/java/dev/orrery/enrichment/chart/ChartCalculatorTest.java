package dev.orrery.enrichment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every chart. */
class ChartCalculatorTest {

    @Test
    void givesEveryGrahaAPlaceInEveryChart() {
        SplittableRandom random = new SplittableRandom(27);
        for (int i = 0; i < 300; i++) {
            // given
            BirthMoment birth = Births.any(random);
            // when
            Chart chart = Births.CALCULATOR.chart(birth);
            // then
            assertThat(chart.places().keySet()).containsExactly(Graha.values());
            assertThat(chart.places().values())
                    .allSatisfy(place -> assertThat(place.house()).isBetween(1, 12));
            assertThat(chart.of(Graha.RAHU).point().distanceTo(chart.of(Graha.KETU).point()))
                    .isCloseTo(180, within(1e-9));
            assertThat(chart.of(Graha.RAHU).retrograde()).isTrue();
            assertThat(chart.of(Graha.SUN).retrograde()).isFalse();
            assertThat(chart.of(Graha.MOON).retrograde()).isFalse();
            assertThat(chart.periods().majors().getFirst().holds(birth.instant())).isTrue();
        }
    }

    @Test
    void drawsEachDivisionWithAllGrahasOnceFromItsOwnAscendant() {
        // given
        Chart chart = Births.CALCULATOR.chart(Births.independence());
        for (Division division : Division.values()) {
            // when
            List<House> houses = chart.houses(division);
            // then
            assertThat(houses.getFirst().sign()).isEqualTo(division.of(chart.ascendant()));
            assertThat(houses).extracting(House::sign).containsExactlyInAnyOrder(Sign.values());
            assertThat(houses.stream().flatMap(house -> house.grahas().stream()))
                    .containsExactlyInAnyOrder(Graha.values());
        }
    }

    @Test
    void countsTheSameInstantTheSameWhateverItsOffset() {
        // given
        BirthMoment kathmandu = Births.at(1990, 3, 21, 6, 45, 5.75);
        BirthMoment greenwich = Births.at(1990, 3, 21, 1, 0, 0);
        // when
        Chart one = Births.CALCULATOR.chart(kathmandu);
        Chart other = Births.CALCULATOR.chart(greenwich);
        // then
        assertThat(one.places()).isEqualTo(other.places());
        assertThat(one.ascendant()).isEqualTo(other.ascendant());
        assertThat(one.periods()).isEqualTo(other.periods());
    }

    @Test
    void movesTheMoonByHalfAnHourWhenTheHalfHourOfTheOffsetIsLost() {
        // when
        Chart right = Births.CALCULATOR.chart(Births.at(1990, 3, 21, 6, 0, 5.5));
        Chart wrong = Births.CALCULATOR.chart(Births.at(1990, 3, 21, 6, 0, 5));
        // then
        double moved = right.of(Graha.MOON).point().distanceTo(wrong.of(Graha.MOON).point());
        assertThat(moved).isBetween(0.24, 0.32);
    }

    @Test
    void goesOnWithoutAJumpOverTheLeapDay() {
        // when
        Chart before = Births.CALCULATOR.chart(Births.at(2000, 2, 28, 12, 0, 0));
        Chart leapDay = Births.CALCULATOR.chart(Births.at(2000, 2, 29, 12, 0, 0));
        Chart after = Births.CALCULATOR.chart(Births.at(2000, 3, 1, 12, 0, 0));
        // then
        assertThat(sunsWay(before, leapDay)).isCloseTo(1.0, within(0.02));
        assertThat(sunsWay(leapDay, after)).isCloseTo(1.0, within(0.02));
    }

    @Test
    void turnsTheZodiacRoundWithinADayOnTheSouthernHalf() {
        // given: Sydney, through one day
        LocalDateTime midnight = LocalDateTime.of(1985, 1, 26, 0, 0);
        Map<Sign, Integer> seen = new EnumMap<>(Sign.class);
        for (int quarter = 0; quarter < 96; quarter++) {
            BirthMoment birth =
                    new BirthMoment(
                            midnight.plusMinutes(quarter * 15L),
                            ZoneOffset.ofHours(11),
                            -33.8679,
                            151.2073);
            // when
            Sign rising = Births.CALCULATOR.chart(birth).ascendant().sign();
            // then
            seen.merge(rising, 1, Integer::sum);
        }
        assertThat(seen).hasSize(12);
        // In the south Aries takes longer to rise than Libra, in the north it is the other way.
        assertThat(seen.get(Sign.ARIES)).isGreaterThan(seen.get(Sign.LIBRA));
    }

    @ParameterizedTest
    @ValueSource(doubles = {90, 89.99, 78.2, 66.6, 66.5, -66.5, -66.6, -89.99, -90})
    void hasAChartBeyondThePolarCircles(double latitude) {
        for (int hour = 0; hour < 24; hour++) {
            // given
            BirthMoment birth =
                    new BirthMoment(
                            LocalDateTime.of(2010, 6, 21, hour, 0), ZoneOffset.UTC, latitude, 15.6);
            // when
            Chart chart = Births.CALCULATOR.chart(birth);
            // then
            assertThat(chart.ascendant().longitude()).isBetween(0.0, Math.nextDown(360.0));
            assertThat(chart.houses(Division.D9)).hasSize(12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1800, 1900, 2100, 2200})
    void hasAChartAtTheBoundsOfItsYears(int year) {
        // when
        Chart chart = Births.CALCULATOR.chart(Births.at(year, 1, 1, 0, 0, 14));
        // then: the Sun is in Sagittarius at new year, 16 days before it leaves
        assertThat(chart.of(Graha.SUN).point().sign()).isEqualTo(Sign.SAGITTARIUS);
        assertThat(chart.periods().running(chart.birth().instant(), 5)).hasSize(5);
    }

    private static double sunsWay(Chart from, Chart to) {
        return from.of(Graha.SUN).point().distanceTo(to.of(Graha.SUN).point());
    }
}
