package dev.orrery.ingest.admin.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reference values: SciPy 1.17.1 ({@code norm.sf}, {@code t.sf}, {@code ttest_ind_from_stats} with
 * {@code equal_var=False}); the intervals of 81/263 and 15/148 are also those of Newcombe (1998),
 * table I, method 3.
 */
class SignificanceTest {

    @ParameterizedTest
    @CsvSource({
        "8,   10,  0.49016247153664183, 0.9433178485456247",
        "0,   10,  0,                   0.2775327998628892",
        "10,  10,  0.7224672001371107,  1",
        "81,  263, 0.2552885198782742,  0.36620957698280004",
        "15,  148, 0.0623863995307363,  0.16048724172330803",
        "1,   1,   0.20654931437723745, 1",
    })
    void boundsAShare(double successes, double trials, double low, double high) {
        // when
        var interval = Significance.wilson(successes / trials, trials);

        // then
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "15,  100,  30,  100,  0.011085166380602711",
        "500, 1000, 520, 1000, 0.37099767373660797",
        "50,  1000, 90,  1000, 0.0004556879346453961",
        "56,  70,   48,  80,   0.00804508136819656",
        "0,   10,   0,   20,   1",
        "10,  10,   20,  20,   1",
    })
    void comparesTwoShares(double a, double n, double b, double m, double expected) {
        assertThat(Significance.twoShares(a / n, n, b / m, m)).isCloseTo(expected, within(1e-12));
        assertThat(Significance.twoShares(b / m, m, a / n, n)).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "20.6, 62.1, 10,  22.1, 45.0, 12,  0.6403480995965396",
        "250,  1600, 30,  230,  3600, 50,  0.07795636134487402",
        "1.0,  0.25, 5,   1.1,  0.16, 4,   0.7486543378212627",
        "100,  100,  200, 103,  100,  210, 0.002548453694444887",
    })
    void comparesTwoMeans(
            double mean,
            double variance,
            int n,
            double other,
            double otherVariance,
            int m,
            double p) {
        assertThat(
                        Significance.twoMeans(
                                mean, variance / n, n - 1, other, otherVariance / m, m - 1))
                .isCloseTo(p, within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 1", "5, 6, 0"})
    void comparesMeansThatDoNotVary(double mean, double other, double p) {
        assertThat(Significance.twoMeans(mean, 0, 9, other, 0, 9)).isEqualTo(p);
    }

    @ParameterizedTest
    @CsvSource({
        "1,        1,      0.5",
        "2,        5,      0.10193947882985835",
        "2.042272, 30,     0.050000048004615",
        "4,        2.5,    0.03901297584131825",
        "1.96,     1000,   0.050273184955748736",
        "3,        100000, 0.0027004608840647234",
        "-3,       100000, 0.0027004608840647234",
        "0,        7,      1",
    })
    void knowsTheTailsOfStudentsDistribution(double t, double freedom, double p) {
        assertThat(Significance.studentTails(t, freedom)).isCloseTo(p, within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({
        "1,    12.706204736174707",
        "2,    4.302652729911275",
        "10,   2.2281388519649385",
        "30,   2.0422724563012373",
        "1000, 1.9623390808264078",
    })
    void knowsHowFarNineteenOfTwentyReach(double freedom, double t) {
        assertThat(Significance.student95(freedom)).isCloseTo(t, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "0,    1",
        "0.5,  0.6170750774519738",
        "1,    0.31731050786291415",
        "1.96, 0.04999579029644087",
        "3,    0.0026997960632601866",
        "5,    5.733031437583866e-07",
        "-5,   5.733031437583866e-07",
        "50,   0",
    })
    void knowsTheTailsOfTheNormalDistribution(double z, double p) {
        assertThat(Significance.normalTails(z)).isCloseTo(p, within(1e-13));
    }
}
