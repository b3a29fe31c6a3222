package dev.orrery.enrichment.chart;

import dev.orrery.enrichment.ephemeris.Moment;

/**
 * The ayanamsa of Lahiri: how far the equinox has moved back from the beginning of the sidereal
 * zodiac. It is the general precession of IAU 2006 (Capitaine, Wallace and Chapront 2003), tied to
 * the definition of India's Calendar Reform Committee: 23°15′00.658″, nutation included, on 21
 * March 1956.
 */
final class Lahiri {

    private static final double AT_J2000 = 23.857092;

    private static final double ARC_SECONDS_A_DEGREE = 3600;

    private Lahiri() {}

    /** Mean ayanamsa in degrees: to be taken from longitudes that count from the mean equinox. */
    static double ayanamsa(Moment moment) {
        double t = moment.centuries();
        double precession =
                t * (5028.796195 + t * (1.1054348 + t * (0.00007964 - t * 0.000023857)));
        return AT_J2000 + precession / ARC_SECONDS_A_DEGREE;
    }
}
