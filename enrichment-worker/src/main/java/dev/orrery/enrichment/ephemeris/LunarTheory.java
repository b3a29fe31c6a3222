package dev.orrery.enrichment.ephemeris;

/**
 * Where the Moon stands as seen from the centre of the Earth, by ELP/MPP02 with the constants
 * fitted to DE405.
 */
final class LunarTheory {

    static final double KILOMETRES_AN_AU = 149_597_870.7;

    private static final double DAYS_A_CENTURY = 36_525;

    /** Mean longitude W₁ in radians. */
    private static final double[] MEAN_LONGITUDE = {
        3.8103440908308803,
        8399.68473007193,
        -3.318952042550094e-5,
        3.1102494491060616e-8,
        -2.0328237648922845e-10
    };

    /** Laskar's sin(i/2) sin Ω of the moving ecliptic, from the term in t on. */
    private static final double[] ECLIPTIC_P = {
        0, 0.10180391e-4, 0.47020439e-6, -0.5417367e-9, -0.2507948e-11, 0.463486e-14
    };

    /** Laskar's sin(i/2) cos Ω of the moving ecliptic. */
    private static final double[] ECLIPTIC_Q = {
        0, -0.113469002e-3, 0.12372674e-6, 0.1265417e-8, -0.1371808e-11, -0.320334e-14
    };

    /**
     * From the theory's inertial equinox of J2000 to that of IAU 2006, by comparison with DE405.
     */
    private static final double EQUINOX = Angles.ofArcSeconds(-0.0399);

    private final SphericalSeries series;

    private LunarTheory(SphericalSeries series) {
        this.series = series;
    }

    static LunarTheory load() {
        return new LunarTheory(SphericalSeries.load("moon.series"));
    }

    /**
     * Geocentric place in au, mean ecliptic and equinox of J2000.
     *
     * @param days of TT from J2000.0
     */
    Vector at(double days) {
        double t = days / DAYS_A_CENTURY;
        double longitude =
                Angles.polynomial(t, MEAN_LONGITUDE)
                        + Angles.ofArcSeconds(series.longitude().at(t));
        double latitude = Angles.ofArcSeconds(series.latitude().at(t));
        double distance = series.distance().at(t) / KILOMETRES_AN_AU;
        return fixed(Vector.ofSpherical(longitude, latitude, distance), t)
                .fromAxesTurnedAboutZ(-EQUINOX);
    }

    /**
     * Distance in au.
     *
     * @param smallest height in km below which terms are left out
     */
    double roughDistance(double days, double smallest) {
        return series.distance().roughly(days / DAYS_A_CENTURY, smallest) / KILOMETRES_AN_AU;
    }

    /** From the ecliptic of date to that of J2000: a turn about the line of their nodes. */
    private static Vector fixed(Vector ofDate, double t) {
        double p = Angles.polynomial(t, ECLIPTIC_P);
        double q = Angles.polynomial(t, ECLIPTIC_Q);
        double root = 2 * Math.sqrt(1 - p * p - q * q);
        double cross = 2 * p * q;
        return new Vector(
                (1 - 2 * p * p) * ofDate.x() + cross * ofDate.y() + p * root * ofDate.z(),
                cross * ofDate.x() + (1 - 2 * q * q) * ofDate.y() - q * root * ofDate.z(),
                -p * root * ofDate.x()
                        + q * root * ofDate.y()
                        + (1 - 2 * p * p - 2 * q * q) * ofDate.z());
    }
}
