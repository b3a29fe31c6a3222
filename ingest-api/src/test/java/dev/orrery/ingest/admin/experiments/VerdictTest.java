package dev.orrery.ingest.admin.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictTest {

    /** A share among users who came once each. */
    private static Estimate share(int yes, int of) {
        double mean = yes / (double) of;
        double squares = yes * (1 - mean) * (1 - mean) + (of - yes) * mean * mean;
        return Estimate.of(of, of, yes, squares);
    }

    private static Map<String, Estimate> arms(Estimate... estimates) {
        var arms = new LinkedHashMap<String, Estimate>();
        for (var estimate : estimates) {
            arms.put("arm-" + (char) ('a' + arms.size()), estimate);
        }
        return arms;
    }

    @Test
    void namesTheBetterOfTwoWhenChanceCannotExplainIt() {
        // when
        var verdict = Verdict.of(Goal.THUMBS, arms(share(50, 1000), share(90, 1000)));

        // then
        assertThat(verdict.winner()).isEqualTo("arm-b");
        assertThat(verdict.alpha()).isEqualTo(0.05);
        assertThat(verdict.p()).isCloseTo(0.000456, within(1e-5));
        assertThat(verdict.test()).isEqualTo("two_proportions");
    }

    @Test
    void namesNoneWhenChanceCanExplainIt() {
        // when
        var verdict = Verdict.of(Goal.THUMBS, arms(share(500, 1000), share(520, 1000)));

        // then
        assertThat(verdict.winner()).isNull();
        assertThat(verdict.p()).isCloseTo(0.371, within(1e-3));
    }

    @Test
    void asksForMoreWhenMoreArmsCompete() {
        // given
        var two = arms(share(15, 100), share(30, 100));
        var five =
                arms(
                        share(15, 100),
                        share(30, 100),
                        share(15, 100),
                        share(15, 100),
                        share(15, 100));

        // when
        var betweenTwo = Verdict.of(Goal.SUCCESS, two);
        var betweenFive = Verdict.of(Goal.SUCCESS, five);

        // then
        assertThat(betweenTwo.winner()).isEqualTo("arm-b");
        assertThat(betweenFive.winner()).isNull();
        assertThat(betweenFive.alpha()).isCloseTo(0.005, within(1e-12));
        assertThat(betweenFive.p()).isEqualTo(betweenTwo.p());
    }

    @Test
    void namesNoneWhenTheSecondIsAsGoodAsTheFirst() {
        // when
        var verdict =
                Verdict.of(
                        Goal.SUCCESS, arms(share(900, 1000), share(905, 1000), share(500, 1000)));

        // then
        assertThat(verdict.winner()).isNull();
    }

    @Test
    void namesNoneOnFewUsersOrFewOfOneKind() {
        assertThat(Verdict.of(Goal.THUMBS, arms(share(0, 9), share(9, 9))).winner()).isNull();
        assertThat(Verdict.of(Goal.THUMBS, arms(share(0, 9), share(9, 9))).p()).isNull();
        assertThat(Verdict.of(Goal.THUMBS, arms(share(999, 1000), share(996, 1000))).p()).isNull();
        assertThat(Verdict.of(Goal.LATENCY, arms(Estimate.NOTHING, Estimate.NOTHING)).winner())
                .isNull();
    }

    @Test
    void takesTheLowerMeanWhereLessIsBetter() {
        // given
        var fast = Estimate.of(20, 20, 20 * 100, 20 * 25);
        var slow = Estimate.of(20, 20, 20 * 120, 20 * 25);

        // when
        var verdict = Verdict.of(Goal.LATENCY, arms(slow, fast));

        // then
        assertThat(verdict.winner()).isEqualTo("arm-b");
        assertThat(verdict.test()).isEqualTo("welch");
    }

    @Test
    void isNotMovedByOneUserWhoComesVeryOften() {
        // given: 19 users of one turn each, half of them content, and one of 20 content turns
        int yes = 20 + 9;
        int of = 20 + 19;
        double mean = yes / (double) of;
        double squares = square(20 - mean * 20) + 9 * square(1 - mean) + 10 * square(-mean);
        var loud = Estimate.of(20, of, yes, squares);
        var quiet = share(260, 520);

        // when
        var verdict = Verdict.of(Goal.THUMBS, arms(loud, quiet));

        // then
        assertThat(Significance.twoShares(mean, of, 0.5, 520)).isLessThan(0.01);
        assertThat(loud.trials()).isLessThan(10);
        assertThat(verdict.winner()).isNull();
    }

    @Test
    void isNotWonByAFewUsersWhoAgreeWithThemselves() {
        // given: ten users with ten thumbs up each, beside a hundred of whom eighty are content
        var unanimous = Estimate.of(10, 100, 100, 0);
        var many = share(80, 100);

        // when
        var verdict = Verdict.of(Goal.THUMBS, arms(unanimous, many));

        // then
        assertThat(unanimous.trials()).isEqualTo(10);
        assertThat(Estimate.of(10, 100, 0, 0).trials()).isEqualTo(10);
        assertThat(unanimous.interval().low()).isLessThan(0.8);
        assertThat(verdict.winner()).isNull();
    }

    private static double square(double value) {
        return value * value;
    }

    @Test
    void findsAWinnerWhereThereIsNoneAboutOnceInTwentyTimes() {
        // given
        var random = new Random(20261124);
        int found = 0;

        // when
        for (int i = 0; i < 2_000; i++) {
            var verdict =
                    Verdict.of(Goal.SUCCESS, arms(drawn(random), drawn(random), drawn(random)));
            found += verdict.winner() == null ? 0 : 1;
        }

        // then: at most 5 % of 2,000; three arms and a winner over both are harder than that
        assertThat(found).isLessThanOrEqualTo(100);
    }

    private static Estimate drawn(Random random) {
        int yes = 0;
        for (int i = 0; i < 200; i++) {
            yes += random.nextDouble() < 0.7 ? 1 : 0;
        }
        return share(yes, 200);
    }

    @Test
    void countsAShareOfIndependentUsersInFull() {
        assertThat(share(300, 1000).trials()).isCloseTo(1000, within(2.0));
        assertThat(Estimate.of(1, 100, 60, 0).trials()).isEqualTo(1);
        assertThat(Estimate.of(0, 0, 0, 0)).isEqualTo(Estimate.NOTHING);
    }
}
