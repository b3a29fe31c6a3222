package dev.orrery.simulator.astrology.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.simulator.astrology.chart.Vimshottari.Period;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VimshottariTest {

    private static final double MOON = 11.72351599;

    private static final Moment BIRTH = Moment.of(Instant.parse("2000-06-27T10:00:00Z"));

    /** The sample answer of the service: Ketu from 2 May 1994, about 14:07 in India. */
    @Test
    void beginsWhereTheMoonSays() {
        // when
        Vimshottari periods = Vimshottari.of(MOON, BIRTH);

        // then
        Period first = periods.majors().getFirst();
        assertThat(first.lord()).isEqualTo(Body.KETU);
        assertThat(first.start().instant())
                .isBetween(
                        Instant.parse("1994-05-02T08:32:00Z"),
                        Instant.parse("1994-05-02T08:42:00Z"));
    }

    @Test
    void followsTheOrderOfTheLordsWithoutAGap() {
        // when
        List<Period> majors = Vimshottari.of(MOON, BIRTH).majors();

        // then
        assertThat(majors).extracting(Period::lord).containsExactlyElementsOf(Vimshottari.ORDER);
        for (int i = 1; i < majors.size(); i++) {
            assertThat(majors.get(i).start()).isEqualTo(majors.get(i - 1).end());
        }
    }

    @Test
    void dividesAPeriodLikeTheWhole() {
        // given
        Period venus = Vimshottari.of(MOON, BIRTH).majors().get(1);

        // when
        List<Period> parts = venus.parts();

        // then
        assertThat(parts).hasSize(9);
        assertThat(parts.getFirst().lord()).isEqualTo(Body.VENUS);
        assertThat(parts.getFirst().start()).isEqualTo(venus.start());
        assertThat(parts.getLast().end()).isEqualTo(venus.end());
        assertThat(days(parts.getFirst())).isCloseTo(days(venus) * 20 / 120, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000-06-27T10:00:00Z",
                "2026-11-24T00:00:00Z",
                "2114-05-02T08:37:00Z",
                "2199-12-31T23:59:59Z"
            })
    void findsWhatRunsOnEveryLevel(String instant) {
        // given
        Moment now = Moment.of(Instant.parse(instant));

        // when
        List<Period> running = Vimshottari.of(MOON, BIRTH).running(5, now);

        // then
        assertThat(running).hasSize(5).allSatisfy(period -> assertThat(period.holds(now)).isTrue());
        for (int level = 1; level < 5; level++) {
            assertThat(running.get(level - 1).parts()).contains(running.get(level));
        }
    }

    private static double days(Period period) {
        return period.end().julianDay() - period.start().julianDay();
    }
}
