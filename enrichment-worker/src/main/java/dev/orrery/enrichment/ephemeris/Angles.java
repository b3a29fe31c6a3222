package dev.orrery.enrichment.ephemeris;

/** Degrees, radians, arc seconds, and the full circle. */
final class Angles {

    static final double RADIANS_AN_ARC_SECOND = Math.PI / (180 * 3600);

    private static final double FULL = 360;

    private Angles() {}

    /**
     * The same direction from 0 to 360, without 360. A tiny negative angle would otherwise be
     * rounded up to 360 itself.
     */
    static double normalised(double degrees) {
        double angle = degrees % FULL;
        if (angle < 0) {
            angle += FULL;
        }
        return angle < FULL ? angle : 0;
    }

    /** From −180 to 180, for differences. */
    static double difference(double degrees) {
        return Math.IEEEremainder(degrees, FULL);
    }

    static double ofArcSeconds(double arcSeconds) {
        return arcSeconds * RADIANS_AN_ARC_SECOND;
    }

    /** Horner's scheme; the constant comes first. */
    static double polynomial(double t, double... coefficients) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * t + coefficients[i];
        }
        return sum;
    }
}
