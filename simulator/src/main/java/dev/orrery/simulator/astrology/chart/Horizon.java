package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.cos;
import static dev.orrery.simulator.astrology.chart.Angles.sin;
import static dev.orrery.simulator.astrology.chart.Angles.tan;
import static dev.orrery.simulator.astrology.chart.Angles.turned;

/**
 * What rises. Sidereal time, obliquity and the main terms of nutation (0.5″) are those of J. Meeus,
 * Astronomical Algorithms, chapters 12 and 22.
 */
final class Horizon {

    private Horizon() {}

    /** Tropical longitude of the ascendant, on the true equinox of date. */
    static double ascendant(Moment moment, double latitude, double longitude) {
        double t = moment.centuries();
        double node = LunarSeries.meanNode(t);
        double sun = 280.4665 + 36000.7698 * t;
        double moon = 218.3165 + 481267.8813 * t;
        double inLongitude =
                (-17.20 * sin(node)
                                - 1.32 * sin(2 * sun)
                                - 0.23 * sin(2 * moon)
                                + 0.21 * sin(2 * node))
                        / 3600;
        double inObliquity =
                (9.20 * cos(node)
                                + 0.57 * cos(2 * sun)
                                + 0.10 * cos(2 * moon)
                                - 0.09 * cos(2 * node))
                        / 3600;
        double obliquity = 23.4392911 - 0.0130042 * t + inObliquity;
        double right = greenwich(moment) + inLongitude * cos(obliquity) + longitude;
        return turned(
                Angles.atan2(
                        cos(right),
                        -(sin(right) * cos(obliquity) + tan(latitude) * sin(obliquity))));
    }

    /** Mean sidereal time at Greenwich, degrees. */
    private static double greenwich(Moment moment) {
        double days = moment.daysSince2000();
        double t = days / 36_525;
        return turned(280.46061837 + 360.98564736629 * days + 0.000387933 * t * t);
    }
}
