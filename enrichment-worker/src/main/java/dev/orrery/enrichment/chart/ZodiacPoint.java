package dev.orrery.enrichment.chart;

/**
 * A place in the sidereal zodiac. All divisions are counted in whole units of the circle, so that
 * no border is shifted by rounding.
 *
 * @param longitude degrees, 0 to 360 without 360
 */
public record ZodiacPoint(double longitude) {

    private static final int CIRCLE = 360;

    private static final int DEGREES_A_SIGN = 30;

    private static final int PADAS = 108;

    private static final int PADAS_A_NAKSHATRA = 4;

    public ZodiacPoint {
        if (!(longitude >= 0 && longitude < CIRCLE)) {
            throw new IllegalArgumentException(
                    "BUG: longitude: " + longitude + " (expected: 0 to 360, without 360)");
        }
    }

    /** The point of any angle in degrees. */
    static ZodiacPoint ofDegrees(double degrees) {
        double rest = degrees % CIRCLE;
        double longitude = rest < 0 ? rest + CIRCLE : rest;
        // A tiny negative angle is rounded up to the full circle.
        return new ZodiacPoint(longitude < CIRCLE ? longitude : 0);
    }

    ZodiacPoint plus(double degrees) {
        return ofDegrees(longitude + degrees);
    }

    public Sign sign() {
        return Sign.at((int) (longitude / DEGREES_A_SIGN));
    }

    /** 0 to 30, without 30. */
    public double degreesInSign() {
        return longitude - sign().ordinal() * DEGREES_A_SIGN;
    }

    public Nakshatra nakshatra() {
        return Nakshatra.at((int) (longitude * Nakshatra.COUNT / CIRCLE));
    }

    /** Quarter of the nakshatra: 1 to 4. */
    public int pada() {
        return ninths() % PADAS_A_NAKSHATRA + 1;
    }

    /** The passed part of the nakshatra: 0 to 1, without 1. */
    public double passedOfNakshatra() {
        return longitude * Nakshatra.COUNT / CIRCLE - nakshatra().ordinal();
    }

    /**
     * The sign of the ninth part (D9): each sign's nine go on where those of the sign before end.
     */
    public Sign navamsa() {
        return Sign.at(ninths());
    }

    /**
     * Degrees to the nearest border of a ninth, which all borders of signs, nakshatras and padas
     * are too: 0 to 1°40′. Below the error of the place, the neighbour is as likely.
     */
    public double degreesToBorder() {
        double ninths = longitude * PADAS / CIRCLE;
        return Math.abs(ninths - Math.rint(ninths)) * CIRCLE / PADAS;
    }

    /** The shorter way to another point: 0 to 180. */
    double distanceTo(ZodiacPoint other) {
        return Math.abs(Math.IEEEremainder(longitude - other.longitude, CIRCLE));
    }

    /** Ninths of a sign, which are quarters of a nakshatra, from the beginning of Aries. */
    private int ninths() {
        return (int) (longitude * PADAS / CIRCLE);
    }
}
