package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.turned;

/**
 * Apparent geocentric longitudes in the sidereal zodiac of Lahiri.
 *
 * <p>Compared with a precise ephemeris at 1,500 dates from 1900 to 2050, the largest errors are 10″
 * for the Moon, half an arc minute for the Sun, one for Mercury, one and a half for Venus, two for
 * Jupiter, and about three for Mars and Saturn; half of all places are right to 0.7′ or better.
 * They grow slowly outside of those years.
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
            case JUPITER -> planet(DisturbedPath.JUPITER, t);
            case SATURN -> planet(DisturbedPath.SATURN, t);
            case RAHU -> node(t);
            case KETU -> turned(node(t) + Angles.FULL / 2);
        };
    }

    private static double sun(double t) {
        double then = t - Orbit.EARTH.at(t).distance() * LIGHT_DAYS_PER_AU / DAYS_A_CENTURY;
        return turned(Orbit.EARTH.at(then).opposite().longitude() - Ayanamsa.AT_J2000);
    }

    /** Both places at the time the light left: this is light-time and aberration in one. */
    private static double planet(Path path, double t) {
        double distance = path.at(t).minus(Orbit.EARTH.at(t)).distance();
        double then = t - distance * LIGHT_DAYS_PER_AU / DAYS_A_CENTURY;
        return turned(path.at(then).minus(Orbit.EARTH.at(then)).longitude() - Ayanamsa.AT_J2000);
    }

    private static double node(double t) {
        return turned(LunarSeries.meanNode(t) - Ayanamsa.mean(t));
    }
}
