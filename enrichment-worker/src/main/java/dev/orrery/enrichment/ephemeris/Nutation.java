package dev.orrery.enrichment.ephemeris;

/**
 * The nodding of the Earth's axis by IAU 2000B (McCarthy and Luzum 2003), within 0.001″ of the full
 * model between 1995 and 2050 and not much further away between 1900 and 2100.
 *
 * @param longitude Δψ in radians
 * @param obliquity Δε in radians
 */
public record Nutation(double longitude, double obliquity) {

    /**
     * The published terms, loaded once.
     *
     * @param arguments by term: multipliers of the five fundamental arguments
     * @param coefficients by term, in 0.1 microarcseconds: sin, t sin, cos of Δψ; cos, t cos, sin
     *     of Δε
     */
    record Terms(int[][] arguments, double[][] coefficients) {

        private static final int ARGUMENTS = 5;

        private static final int COEFFICIENTS = 6;

        static Terms load() {
            String[][] rows =
                    Resource.lines("nutation.terms").stream()
                            .map(line -> line.split(" "))
                            .toArray(String[][]::new);
            int[][] arguments = new int[rows.length][ARGUMENTS];
            double[][] coefficients = new double[rows.length][COEFFICIENTS];
            for (int row = 0; row < rows.length; row++) {
                for (int i = 0; i < ARGUMENTS; i++) {
                    arguments[row][i] = Integer.parseInt(rows[row][i]);
                }
                for (int i = 0; i < COEFFICIENTS; i++) {
                    coefficients[row][i] = Double.parseDouble(rows[row][ARGUMENTS + i]);
                }
            }
            return new Terms(arguments, coefficients);
        }
    }

    private static final double UNIT = 1e-7;

    /** What the model has instead of the planets' share, in arc seconds. */
    private static final double PLANETARY_LONGITUDE = -0.000135;

    private static final double PLANETARY_OBLIQUITY = 0.000388;

    /**
     * @param t Julian centuries of TT from J2000.0
     */
    static Nutation at(double t, Terms terms) {
        double[] fundamental = fundamentalArguments(t);
        double longitude = 0;
        double obliquity = 0;
        for (int term = 0; term < terms.arguments.length; term++) {
            double angle = 0;
            for (int i = 0; i < fundamental.length; i++) {
                angle += terms.arguments[term][i] * fundamental[i];
            }
            double sine = Math.sin(angle);
            double cosine = Math.cos(angle);
            double[] c = terms.coefficients[term];
            longitude += (c[0] + c[1] * t) * sine + c[2] * cosine;
            obliquity += (c[3] + c[4] * t) * cosine + c[5] * sine;
        }
        return new Nutation(
                Angles.ofArcSeconds(longitude * UNIT + PLANETARY_LONGITUDE),
                Angles.ofArcSeconds(obliquity * UNIT + PLANETARY_OBLIQUITY));
    }

    /** l, l′, F, D and Ω in radians, linear as the model wants them. */
    private static double[] fundamentalArguments(double t) {
        return new double[] {
            Angles.ofArcSeconds(485868.249036 + 1717915923.2178 * t),
            Angles.ofArcSeconds(1287104.79305 + 129596581.0481 * t),
            Angles.ofArcSeconds(335779.526232 + 1739527262.8478 * t),
            Angles.ofArcSeconds(1072260.70369 + 1602961601.2090 * t),
            Angles.ofArcSeconds(450160.398036 - 6962890.5431 * t)
        };
    }
}
