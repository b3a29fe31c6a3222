package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.sin;
import static dev.orrery.simulator.astrology.chart.Angles.turned;

/**
 * The Moon by the largest periodic terms of the lunar theory ELP-2000/82 of M. Chapront-Touzé and
 * J. Chapront, as J. Meeus lists them (Astronomical Algorithms, 2nd edition, chapter 47). Right to
 * 10″ in longitude.
 */
final class LunarSeries {

    /**
     * Multiples of elongation D, the Sun's anomaly M, the Moon's anomaly M′ and her distance from
     * the node F; then the amplitude of the sine in millionths of a degree.
     */
    private static final int[][] TERMS = {
        {0, 0, 1, 0, 6288774}, {2, 0, -1, 0, 1274027}, {2, 0, 0, 0, 658314},
        {0, 0, 2, 0, 213618}, {0, 1, 0, 0, -185116}, {0, 0, 0, 2, -114332},
        {2, 0, -2, 0, 58793}, {2, -1, -1, 0, 57066}, {2, 0, 1, 0, 53322},
        {2, -1, 0, 0, 45758}, {0, 1, -1, 0, -40923}, {1, 0, 0, 0, -34720},
        {0, 1, 1, 0, -30383}, {2, 0, 0, -2, 15327}, {0, 0, 1, 2, -12528},
        {0, 0, 1, -2, 10980}, {4, 0, -1, 0, 10675}, {0, 0, 3, 0, 10034},
        {4, 0, -2, 0, 8548}, {2, 1, -1, 0, -7888}, {2, 1, 0, 0, -6766},
        {1, 0, -1, 0, -5163}, {1, 1, 0, 0, 4987}, {2, -1, 1, 0, 4036},
        {2, 0, 2, 0, 3994}, {4, 0, 0, 0, 3861}, {2, 0, -3, 0, 3665},
        {0, 1, -2, 0, -2689}, {2, 0, -1, 2, -2602}, {2, -1, -2, 0, 2390},
        {1, 0, 1, 0, -2348}, {2, -2, 0, 0, 2236}, {0, 1, 2, 0, -2120},
        {0, 2, 0, 0, -2069}, {2, -2, -1, 0, 2048}, {2, 0, 1, -2, -1773},
        {2, 0, 0, 2, -1595}, {4, -1, -1, 0, 1215}, {0, 0, 2, 2, -1110},
        {3, 0, -1, 0, -892}, {2, 1, 1, 0, -810}, {4, -1, -2, 0, 759},
        {0, 2, -1, 0, -713}, {2, 2, -1, 0, -700}, {2, 1, -2, 0, 691},
        {2, -1, 0, -2, 596}, {4, 0, 1, 0, 549}, {0, 0, 4, 0, 537},
        {4, -1, 0, 0, 520}, {1, 0, -2, 0, -487}, {2, 1, 0, -2, -399},
        {0, 0, 2, -2, -381}, {1, 1, 1, 0, 351}, {3, 0, -2, 0, -340},
        {4, 0, -3, 0, 330}, {2, -1, 2, 0, 327}, {0, 2, 1, 0, -323},
        {1, 1, -1, 0, 299}, {2, 0, 3, 0, 294},
    };

    private LunarSeries() {}

    /** Geocentric longitude from the mean equinox of date. */
    static double longitude(double centuries) {
        double t = centuries;
        double mean =
                218.3164477
                        + (481267.88123421 + (-0.0015786 + (1 / 538841.0 - t / 65194000) * t) * t)
                                * t;
        double d =
                297.8501921
                        + (445267.1114034 + (-0.0018819 + (1 / 545868.0 - t / 113065000) * t) * t)
                                * t;
        double m = 357.5291092 + (35999.0502909 + (-0.0001536 + t / 24490000) * t) * t;
        double moon =
                134.9633964
                        + (477198.8675055 + (0.0087414 + (1 / 69699.0 - t / 14712000) * t) * t) * t;
        double f =
                93.2720950
                        + (483202.0175233 + (-0.0036539 + (-1 / 3526000.0 + t / 863310000) * t) * t)
                                * t;
        double solar = 1 + (-0.002516 - 0.0000074 * t) * t;

        double sum = 0;
        for (int[] term : TERMS) {
            double argument = term[0] * d + term[1] * m + term[2] * moon + term[3] * f;
            sum += term[4] * Math.pow(solar, Math.abs(term[1])) * sin(argument);
        }
        double venus = 119.75 + 131.849 * t;
        double jupiter = 53.09 + 479264.290 * t;
        sum += 3958 * sin(venus) + 1962 * sin(mean - f) + 318 * sin(jupiter);
        return turned(mean + sum / 1e6);
    }

    /** Mean ascending node from the mean equinox of date (chapter 47). */
    static double meanNode(double t) {
        return turned(
                125.0445479
                        + (-1934.1362891 + (0.0020754 + (1 / 467441.0 - t / 60616000) * t) * t)
                                * t);
    }
}
