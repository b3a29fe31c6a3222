package dev.orrery.enrichment.ephemeris;

/**
 * The slow turning of equator and ecliptic: IAU 2006, polynomials of Capitaine, Wallace and
 * Chapront, Astronomy &amp; Astrophysics 412, 567 (2003), table 3 of Hilton et al. 2006. Arguments
 * are Julian centuries of TT from J2000.0.
 */
final class Precession {

    private Precession() {}

    /** From the ecliptic and equinox of J2000 to the ecliptic and mean equinox of date. */
    static Vector ofDate(Vector fixed, double t) {
        double inclination = eclipticInclination(t);
        double node = eclipticNode(t);
        return fixed.fromAxesTurnedAboutZ(node)
                .fromAxesTurnedAboutX(inclination)
                .fromAxesTurnedAboutZ(-node - inLongitude(t));
    }

    /** Mean obliquity of the ecliptic of date, in radians. */
    static double obliquity(double t) {
        return Angles.ofArcSeconds(
                Angles.polynomial(
                        t, 84381.406, -46.836769, -0.0001831, 0.00200340, -5.76e-7, -4.34e-8));
    }

    /** General precession in longitude p, in radians. */
    private static double inLongitude(double t) {
        return Angles.ofArcSeconds(
                Angles.polynomial(
                        t, 0, 5028.796195, 1.1054348, 0.00007964, -0.000023857, -3.83e-8));
    }

    /** Angle π between the ecliptics of J2000 and of date, in radians. */
    private static double eclipticInclination(double t) {
        return Angles.ofArcSeconds(
                Angles.polynomial(t, 0, 46.998973, -0.0334926, -0.00012559, 1.13e-7, -2.2e-9));
    }

    /** Longitude Π of the line in which they cross, in radians. */
    private static double eclipticNode(double t) {
        return Angles.ofArcSeconds(
                Angles.polynomial(
                        t, 629546.7936, -867.95758, 0.157992, -0.0005371, -0.00004797, 7.2e-8));
    }
}
