package dev.orrery.enrichment.ephemeris;

/**
 * Where a planet stands as seen from the Sun, by VSOP87B.
 *
 * <p>The theory counts longitudes from an equinox of its own, that of DE200. It lies 0.0903″ behind
 * that of FK5 (given with the theory) and so about 0.07″ behind that of IAU 2006; comparison with
 * DE405 gives the figure used.
 */
final class PlanetaryTheory {

    private static final double DAYS_A_MILLENNIUM = 365_250;

    private static final double EQUINOX = Angles.ofArcSeconds(-0.0704);

    private final SphericalSeries series;

    private PlanetaryTheory(SphericalSeries series) {
        this.series = series;
    }

    static PlanetaryTheory load(String planet) {
        return new PlanetaryTheory(SphericalSeries.load(planet + ".series"));
    }

    /**
     * Heliocentric place in au, mean ecliptic and equinox of J2000.
     *
     * @param days of TT from J2000.0
     */
    Vector at(double days) {
        return roughly(days, 0);
    }

    /** Without the terms below a height, in radians and au. */
    Vector roughly(double days, double smallest) {
        double t = days / DAYS_A_MILLENNIUM;
        return Vector.ofSpherical(
                series.longitude().roughly(t, smallest) + EQUINOX,
                series.latitude().roughly(t, smallest),
                series.distance().roughly(t, smallest));
    }
}
