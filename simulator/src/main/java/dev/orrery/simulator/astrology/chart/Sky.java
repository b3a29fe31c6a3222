package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.turned;

/**
 * Apparent geocentric longitudes in the sidereal zodiac of Lahiri. Against a precise ephemeris the
 * Sun, the Moon and the nodes are right to half an arc minute, Mercury to Mars to about one;
 * Jupiter may be 7′ off and Saturn 10′. The elements of the planets hold for 1800 to 2050 and lose
 * precision slowly after that.
 */
final class Sky {

    private static final double LIGHT_DAYS_PER_AU = 0.0057755183;

    private static final double DAYS_A_CENTURY = 36_525;

    /** Half the span over which a speed is measured, days. */
    private static final double HALF_STEP = 0.05;

    private Sky() {}

    static Point point(Body body, Moment moment) {
        double before = longitude(body, moment.plusDays(-HALF_STEP));
        double after = longitude(body, moment.plusDays(HALF_STEP));
        return new Point(longitude(body, moment), Angles.between(before, after) / (2 * HALF_STEP));
    }

    private static double longitude(Body body, Moment moment) {
        double t = moment.centuries();
        return switch (body) {
            case SUN -> sun(t);
            case MOON -> turned(LunarSeries.longitude(t) - Ayanamsa.mean(t));
            case MERCURY -> planet(Orbit.MERCURY, t);
            case VENUS -> planet(Orbit.VENUS, t);
            case MARS -> planet(Orbit.MARS, t);
            case JUPITER -> planet(Orbit.JUPITER, t);
            case SATURN -> planet(Orbit.SATURN, t);
            case RAHU -> node(t);
            case KETU -> turned(node(t) + Angles.FULL / 2);
        };
    }

    private static double sun(double t) {
        double then = t - Orbit.EARTH.at(t).distance() * LIGHT_DAYS_PER_AU / DAYS_A_CENTURY;
        return turned(Orbit.EARTH.at(then).opposite().longitude() - Ayanamsa.AT_J2000);
    }

    /** Both places at the time the light left: this is light-time and aberration in one. */
    private static double planet(Orbit orbit, double t) {
        double distance = orbit.at(t).minus(Orbit.EARTH.at(t)).distance();
        double then = t - distance * LIGHT_DAYS_PER_AU / DAYS_A_CENTURY;
        return turned(orbit.at(then).minus(Orbit.EARTH.at(then)).longitude() - Ayanamsa.AT_J2000);
    }

    private static double node(double t) {
        return turned(LunarSeries.meanNode(t) - Ayanamsa.mean(t));
    }
}
