package dev.orrery.enrichment.ephemeris;

import java.util.List;

/**
 * ΔT = TT − UT1, by which the turning Earth lags behind even time. A second of it moves the Moon by
 * 0.55″.
 *
 * <p>Until 2005 it follows the polynomials of Espenak and Meeus, <i>Five Millennium Canon of Solar
 * Eclipses</i> (2006), which keep within 0.3 seconds of what was observed since 1900. What they
 * foretold for later did not come: by 2026 they are six seconds ahead. So from 2005 to 2026 the
 * observed values stand (IERS and USNO; the last three years to a tenth), and after 2026 the
 * polynomials less that lead, which is given back evenly until 2100, because nobody can know
 * better.
 */
final class DeltaT {

    /**
     * A polynomial of Espenak and Meeus.
     *
     * @param until year in which the next one begins
     * @param origin year from which its argument counts
     */
    private record Span(double until, double origin, double... coefficients) {

        double at(double year) {
            return Angles.polynomial(year - origin, coefficients);
        }
    }

    private static final List<Span> SPANS =
            List.of(
                    new Span(
                            1860,
                            1800,
                            13.72,
                            -0.332447,
                            0.0068612,
                            0.0041116,
                            -0.00037436,
                            0.0000121272,
                            -0.0000001699,
                            0.000000000875),
                    new Span(
                            1900,
                            1860,
                            7.62,
                            0.5737,
                            -0.251754,
                            0.01680668,
                            -0.0004473624,
                            1 / 233_174.0),
                    new Span(1920, 1900, -2.79, 1.494119, -0.0598939, 0.0061966, -0.000197),
                    new Span(1941, 1920, 21.20, 0.84493, -0.076100, 0.0020936),
                    new Span(1961, 1950, 29.07, 0.407, -1 / 233.0, 1 / 2547.0),
                    new Span(1986, 1975, 45.45, 1.067, -1 / 260.0, -1 / 718.0),
                    new Span(
                            2005,
                            2000,
                            63.86,
                            0.3345,
                            -0.060374,
                            0.0017275,
                            0.000651814,
                            0.00002373599),
                    new Span(2050, 2000, 62.92, 0.32217, 0.005589),
                    new Span(2150, 1820, -20 - 0.5628 * (2150 - 1820), 0.5628, 0.0032),
                    new Span(Double.POSITIVE_INFINITY, 1820, -20, 0, 0.0032));

    private static final int FIRST_OBSERVED = 2005;

    /** Seconds at the beginning of each year. */
    private static final double[] OBSERVED = {
        64.69, 64.85, 65.15, 65.46, 65.78, 66.07, 66.32, 66.60, 66.91, 67.28, 67.64, 68.10, 68.59,
        68.97, 69.22, 69.36, 69.36, 69.29, 69.17, 69.2, 69.1, 69.1
    };

    private static final int LAST_OBSERVED = FIRST_OBSERVED + OBSERVED.length - 1;

    private static final double LEAD_GIVEN_BACK = 2100;

    private DeltaT() {}

    /**
     * @param year with its passed part
     */
    static double seconds(double year) {
        if (year < FIRST_OBSERVED) {
            return foretold(year);
        }
        if (year < LAST_OBSERVED) {
            return observed(year);
        }
        double lead = foretold(LAST_OBSERVED) - OBSERVED[OBSERVED.length - 1];
        double left = (LEAD_GIVEN_BACK - year) / (LEAD_GIVEN_BACK - LAST_OBSERVED);
        return foretold(year) - lead * Math.max(left, 0);
    }

    private static double observed(double year) {
        int index = (int) year - FIRST_OBSERVED;
        double passed = year - (int) year;
        return OBSERVED[index] + passed * (OBSERVED[index + 1] - OBSERVED[index]);
    }

    private static double foretold(double year) {
        return SPANS.stream()
                .filter(span -> year < span.until())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("BUG: no ΔT for year " + year))
                .at(year);
    }
}
