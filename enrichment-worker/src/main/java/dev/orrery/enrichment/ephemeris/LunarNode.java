package dev.orrery.enrichment.ephemeris;

/**
 * The mean ascending node of the Moon's path: Meeus, Astronomical Algorithms (1998), chapter 47.
 */
public final class LunarNode {

    private static final double DAYS_A_CENTURY = 36_525;

    private LunarNode() {}

    /** Degrees from the mean equinox of date, 0 to 360 without 360. */
    public static double longitude(Moment moment) {
        return Angles.normalised(
                Angles.polynomial(
                        moment.centuries(),
                        125.0445479,
                        -1934.1362891,
                        0.0020754,
                        1.0 / 467_441,
                        -1.0 / 60_616_000));
    }

    /** Degrees a day; always negative, the node moves backwards. */
    public static double speed(Moment moment) {
        return Angles.polynomial(
                        moment.centuries(),
                        -1934.1362891,
                        2 * 0.0020754,
                        3.0 / 467_441,
                        -4.0 / 60_616_000)
                / DAYS_A_CENTURY;
    }
}
