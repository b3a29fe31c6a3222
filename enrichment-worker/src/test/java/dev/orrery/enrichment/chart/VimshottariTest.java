package dev.orrery.enrichment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VimshottariTest {

    private static final Instant BIRTH = Instant.parse("1990-03-21T01:00:00Z");

    @Test
    void startsInTheMiddleOfThePeriodWhenTheMoonIsInTheMiddleOfItsNakshatra() {
        // given: half of Bharani, which Venus rules
        ZodiacPoint moon = new ZodiacPoint(20);
        // when
        Vimshottari periods = Vimshottari.of(moon, BIRTH);
        // then
        Period venus = periods.majors().getFirst();
        assertThat(venus.lord()).isEqualTo(Graha.VENUS);
        assertThat(venus.start()).isEqualTo(BIRTH.minus(Duration.ofHours(87_660)));
        assertThat(venus.end()).isEqualTo(BIRTH.plus(Duration.ofHours(87_660)));
    }

    @Test
    void fillsTimeExactlyOnAllFiveLevels() {
        SplittableRandom random = new SplittableRandom(120);
        for (int i = 0; i < 20; i++) {
            // given
            ZodiacPoint moon = new ZodiacPoint(random.nextDouble(360));
            // when
            Vimshottari periods = Vimshottari.of(moon, BIRTH);
            // then
            List<Period> level = periods.majors();
            assertSeamless(level);
            assertThat(Duration.between(level.getFirst().start(), level.getLast().end()))
                    .isEqualTo(Duration.ofHours(120 * 8766));
            for (int depth = 1; depth < Vimshottari.LEVELS; depth++) {
                Period parent = level.get(random.nextInt(9));
                level = parent.parts();
                assertSeamless(level);
                assertThat(level.getFirst().lord()).isEqualTo(parent.lord());
                assertThat(level.getFirst().start()).isEqualTo(parent.start());
                assertThat(level.getLast().end()).isEqualTo(parent.end());
            }
        }
    }

    @Test
    void namesThePeriodsThatRunEachWithinTheOneBefore() {
        SplittableRandom random = new SplittableRandom(5);
        Vimshottari periods = Vimshottari.of(new ZodiacPoint(123.456), BIRTH);
        for (int i = 0; i < 500; i++) {
            // given: up to a second round of 120 years, and before birth
            Instant moment = BIRTH.plusSeconds(random.nextLong(-3_000_000_000L, 6_000_000_000L));
            // when
            List<Period> running = periods.running(moment, 5);
            // then
            assertThat(running).hasSize(5).allMatch(period -> period.holds(moment));
            for (int level = 1; level < running.size(); level++) {
                assertThat(running.get(level - 1).parts()).contains(running.get(level));
            }
        }
    }

    @Test
    void changesThePeriodAtTheBorderItself() {
        // given
        Vimshottari periods = Vimshottari.of(new ZodiacPoint(20), BIRTH);
        Instant border = periods.majors().getFirst().end();
        // when
        Period before = periods.running(border.minusNanos(1), 1).getFirst();
        Period after = periods.running(border, 1).getFirst();
        // then
        assertThat(before.lord()).isEqualTo(Graha.VENUS);
        assertThat(after.lord()).isEqualTo(Graha.SUN);
    }

    @Test
    void beginsAgainAfterAHundredAndTwentyYears() {
        // given
        Vimshottari periods = Vimshottari.of(new ZodiacPoint(20), BIRTH);
        Period first = periods.majors().getFirst();
        // when
        Period again = periods.running(periods.majors().getLast().end(), 1).getFirst();
        // then
        assertThat(again.lord()).isEqualTo(first.lord());
        assertThat(Duration.between(again.start(), again.end()))
                .isEqualTo(Duration.between(first.start(), first.end()));
    }

    @Test
    void refusesLevelsThatTheRuleDoesNotHave() {
        Vimshottari periods = Vimshottari.of(new ZodiacPoint(20), BIRTH);
        assertThatThrownBy(() -> periods.running(BIRTH, 6))
                .hasMessage("levels: 6 (expected: 1 to 5)");
        assertThatThrownBy(() -> periods.running(BIRTH, 0)).hasMessageContaining("1 to 5");
    }

    private static void assertSeamless(List<Period> level) {
        assertThat(level).hasSize(9);
        for (int i = 1; i < level.size(); i++) {
            assertThat(level.get(i).start()).isEqualTo(level.get(i - 1).end());
            assertThat(level.get(i).end()).isAfter(level.get(i).start());
        }
    }
}
