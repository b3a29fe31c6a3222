package dev.orrery.enrichment.ephemeris;

/**
 * What the turning of the Earth brings up at a place: apparent sidereal time and the ascendant.
 *
 * <p>Sidereal time is that of IAU 2006 (Capitaine, Wallace and Chapront, Astronomy &amp;
 * Astrophysics 432, 355, 2005): the Earth rotation angle, the precession polynomial, and the
 * equation of the equinoxes with its two largest complementary terms.
 */
public final class Horizon {

    private static final double FULL_TURN = 2 * Math.PI;

    private Horizon() {}

    /**
     * Longitude of the point of the ecliptic that rises: degrees from the <em>true</em> equinox of
     * date, 0 to 360 without 360. Beyond the polar circles it is still that crossing of ecliptic
     * and horizon which the formula names, though at times it moves backwards or sets there.
     *
     * @param latitude geographic, degrees, north positive, −90 to 90
     * @param longitude geographic, degrees, east positive
     */
    public static double ascendant(
            Moment moment, Nutation nutation, double latitude, double longitude) {
        double obliquity = Precession.obliquity(moment.centuries()) + nutation.obliquity();
        double overhead = siderealTime(moment, nutation) + Math.toRadians(longitude);
        double phi = Math.toRadians(latitude);
        // Multiplied by cos φ, which is never negative, so that the poles need no infinity.
        return Angles.normalised(
                Math.toDegrees(
                        Math.atan2(
                                Math.cos(overhead) * Math.cos(phi),
                                -Math.sin(overhead) * Math.cos(obliquity) * Math.cos(phi)
                                        - Math.sin(phi) * Math.sin(obliquity))));
    }

    /** Apparent sidereal time at Greenwich, in radians. */
    static double siderealTime(Moment moment, Nutation nutation) {
        double t = moment.centuries();
        double precession =
                Angles.polynomial(
                        t, 0.014506, 4612.156534, 1.3915817, -4.4e-7, -0.000029956, -3.68e-8);
        double node = Math.toRadians(LunarNode.longitude(moment));
        double complement = 0.00264096 * Math.sin(node) + 0.00006352 * Math.sin(2 * node);
        return rotationAngle(moment.universalDays())
                + Angles.ofArcSeconds(precession + complement)
                + nutation.longitude() * Math.cos(Precession.obliquity(t));
    }

    /** Earth rotation angle, without its full turns to keep the digits. */
    private static double rotationAngle(double universalDays) {
        double turns = 0.7790572732640 + 0.00273781191135448 * universalDays + universalDays % 1;
        return FULL_TURN * (turns % 1);
    }
}
