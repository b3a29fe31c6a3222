package dev.orrery.simulator.astrology.chart;

/**
 * The mean ayanamsa of Lahiri: how far the equinox has moved from the beginning of sidereal Aries.
 * The IAU 2006 general precession, tied to 23°15′00.658″ on 21 March 1956.
 */
final class Ayanamsa {

    /**
     * At J2000, degrees. Places on the equinox of J2000 become sidereal by this and nothing else.
     */
    static final double AT_J2000 = 23.857092;

    private Ayanamsa() {}

    static double mean(double centuries) {
        double t = centuries;
        return AT_J2000 + (5028.796195 + (1.1054348 + 0.00007964 * t) * t) * t / 3600;
    }
}
