package dev.orrery.enrichment.ephemeris;

/**
 * What becomes of a direction on the light's way to the moving Earth: Explanatory Supplement to the
 * Astronomical Almanac (2013), sections 7.2.3 and 7.2.4. Places are in au, speeds in au a day.
 */
final class Light {

    static final double DAYS_AN_AU = 499.004783836 / 86_400;

    /** Twice the Sun's gravitational radius, in au. */
    private static final double BENDING = 1.97412574e-8;

    /** Keeps a body behind the Sun, which nobody sees, from being bent without bound. */
    private static final double BEHIND_THE_SUN = 1e-5;

    private Light() {}

    /**
     * The direction after the Sun has bent the light: 1.75″ at its limb, 0.004″ at 90°.
     *
     * @param direction unit vector from the Earth to the body
     * @param fromSun the body as seen from the Sun
     * @param earth the Earth as seen from the Sun
     */
    static Vector bent(Vector direction, Vector fromSun, Vector earth) {
        double distance = earth.length();
        Vector e = earth.times(1 / distance);
        Vector q = fromSun.unit();
        double strength = BENDING / distance / Math.max(1 + q.dot(e), BEHIND_THE_SUN);
        return direction
                .plus(e.times(direction.dot(q)).minus(q.times(e.dot(direction))).times(strength))
                .unit();
    }

    /**
     * The direction in which the moving Earth sees the light come, up to 20.5″ ahead.
     *
     * @param direction unit vector from the Earth to the body
     * @param velocity of the Earth
     */
    static Vector aberrated(Vector direction, Vector velocity) {
        Vector beta = velocity.times(DAYS_AN_AU);
        double contraction = Math.sqrt(1 - beta.dot(beta));
        double ahead = direction.dot(beta);
        return direction.times(contraction).plus(beta.times(1 + ahead / (1 + contraction))).unit();
    }
}
