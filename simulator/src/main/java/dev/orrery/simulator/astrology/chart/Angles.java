package dev.orrery.simulator.astrology.chart;

/** Angles in degrees, as all of this package has them. */
final class Angles {

    static final double FULL = 360;

    private Angles() {}

    static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }

    static double tan(double degrees) {
        return Math.tan(Math.toRadians(degrees));
    }

    static double atan2(double y, double x) {
        return Math.toDegrees(Math.atan2(y, x));
    }

    /** The same angle in 0 … 360, without 360. */
    static double turned(double degrees) {
        double rest = degrees % FULL;
        double positive = rest < 0 ? rest + FULL : rest;
        return positive == FULL ? 0 : positive;
    }

    /** The shorter way from one direction to another, in −180 … 180. */
    static double between(double from, double to) {
        double way = turned(to - from);
        return way > FULL / 2 ? way - FULL : way;
    }
}
