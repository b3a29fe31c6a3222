package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.cos;
import static dev.orrery.simulator.astrology.chart.Angles.sin;
import static dev.orrery.simulator.astrology.chart.Angles.turned;

/** A place in au, the x axis towards the equinox and the z axis off the ecliptic. */
record Place(double x, double y, double z) {

    Place minus(Place other) {
        return new Place(x - other.x, y - other.y, z - other.z);
    }

    Place opposite() {
        return new Place(-x, -y, -z);
    }

    /** The same place, so many degrees further along the ecliptic. */
    Place further(double degrees) {
        return new Place(
                x * cos(degrees) - y * sin(degrees), x * sin(degrees) + y * cos(degrees), z);
    }

    double distance() {
        return Math.sqrt(x * x + y * y + z * z);
    }

    double longitude() {
        return turned(Angles.atan2(y, x));
    }
}
