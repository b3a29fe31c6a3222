package dev.orrery.enrichment.ephemeris;

/** The bodies whose places are computed. */
public enum CelestialBody {
    SUN,
    MOON,
    MERCURY,
    VENUS,
    MARS,
    JUPITER,
    SATURN
}
