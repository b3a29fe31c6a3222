package dev.orrery.simulator.astrology.chart;

/** The way of a planet around the Sun. */
interface Path {

    /** Heliocentric place on the ecliptic and from the equinox of J2000. */
    Place at(double centuries);
}
