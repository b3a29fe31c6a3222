package dev.orrery.ingest.admin.experiments;

/**
 * How sure a number is, and whether two differ by more than chance would make them. Pure
 * arithmetic, exact to about ten digits; the tests compare it with SciPy 1.17.
 *
 * <ul>
 *   <li>interval of a share: E. B. Wilson, "Probable inference, the law of succession, and
 *       statistical inference", JASA 22 (1927); without correction for continuity
 *   <li>two shares: the pooled z test, as in R. G. Newcombe, Statistics in Medicine 17 (1998)
 *   <li>two means: B. L. Welch, "The generalization of Student's problem when several different
 *       population variances are involved", Biometrika 34 (1947)
 *   <li>incomplete beta function: continued fraction DLMF 8.17.22, by the modified Lentz method;
 *       logarithm of the gamma function: C. Lanczos (1964) with the coefficients of P. Godfrey;
 *       error function: series DLMF 7.6.2
 * </ul>
 */
final class Significance {

    /** How many standard deviations hold 95 % of a normal distribution, to both sides. */
    private static final double Z_95 = 1.959963984540054;

    /** As above, of Student's distribution with one degree of freedom, the widest. */
    private static final double STUDENT_95_OF_ONE = Math.tan(0.475 * Math.PI);

    /** Halves 11 down to less than 1e-11. */
    private static final int BISECTIONS = 40;

    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private static final double PRECISION = 1e-15;
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 100_000;

    private Significance() {}

    /** Where the true value lies, 19 times out of 20. */
    record Interval(double low, double high) {}

    /**
     * The interval of a share.
     *
     * @param share 0 to 1
     * @param trials above 0; not necessarily whole
     */
    static Interval wilson(double share, double trials) {
        double z2 = Z_95 * Z_95;
        double scale = 1 + z2 / trials;
        double middle = (share + z2 / (2 * trials)) / scale;
        double half =
                Z_95 * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials)) / scale;
        return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /**
     * The interval of a mean, by Student's distribution.
     *
     * @param variance of the mean, not of its values
     * @param freedom degrees of freedom of that variance, 1 or more
     */
    static Interval student(double mean, double variance, double freedom) {
        double half = student95(freedom) * Math.sqrt(variance);
        return new Interval(mean - half, mean + half);
    }

    /** How far 95 % of Student's distribution reach, to both sides; found by bisection. */
    static double student95(double freedom) {
        double low = Z_95; // the normal distribution is the narrowest of them
        double high = STUDENT_95_OF_ONE;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (studentTails(middle, freedom) > 0.05) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * How often two equal shares would differ by this much, to either side.
     *
     * @param trials above 0; not necessarily whole
     */
    static double twoShares(double share, double trials, double otherShare, double otherTrials) {
        double pooled = (share * trials + otherShare * otherTrials) / (trials + otherTrials);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / trials + 1 / otherTrials));
        return deviation == 0 ? 1 : normalTails((share - otherShare) / deviation);
    }

    /**
     * How often two equal means would differ by this much, to either side.
     *
     * @param variance of the mean, not of its values
     * @param freedom degrees of freedom of that variance, 1 or more
     */
    static double twoMeans(
            double mean,
            double variance,
            double freedom,
            double otherMean,
            double otherVariance,
            double otherFreedom) {
        double sum = variance + otherVariance;
        if (sum == 0) {
            return mean == otherMean ? 1 : 0;
        }
        double together =
                sum
                        * sum
                        / (variance * variance / freedom
                                + otherVariance * otherVariance / otherFreedom);
        return studentTails((mean - otherMean) / Math.sqrt(sum), together);
    }

    /** Both tails of the normal distribution beyond z. */
    static double normalTails(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        if (x > 6) {
            return 0; // less than 3e-17
        }
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * PRECISION / 10 && n < MOST_TERMS; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return Math.max(0, 1 - 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum);
    }

    /** Both tails of Student's distribution beyond t. */
    static double studentTails(double t, double freedom) {
        return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
    }

    private static double incompleteBeta(double a, double b, double x) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front =
                Math.exp(
                        logGamma(a + b)
                                - logGamma(a)
                                - logGamma(b)
                                + a * Math.log(x)
                                + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * fraction(a, b, x) / a
                : 1 - front * fraction(b, a, 1 - x) / b;
    }

    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < PRECISION) {
                break;
            }
        }
        return value;
    }

    /** Keeps a denominator away from 0, as the method wants it. */
    private static double away(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double x) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double shifted = x + 6.5;
        return 0.5 * Math.log(2 * Math.PI)
                + (x - 0.5) * Math.log(shifted)
                - shifted
                + Math.log(sum);
    }
}
