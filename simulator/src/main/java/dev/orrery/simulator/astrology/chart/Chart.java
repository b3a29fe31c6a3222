package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.turned;

import java.util.EnumMap;
import java.util.Map;

/**
 * A birth chart: grahas, ascendant and ayanamsa. Computed anew for every request, in well under a
 * millisecond; {@link Sky} says how precise its grahas are; the ascendant is right to 2″ between
 * the polar circles.
 *
 * @param ayanamsa mean, of Lahiri, degrees
 */
public record Chart(Birth birth, Map<Body, Point> grahas, Point ascendant, double ayanamsa) {

    public Chart {
        grahas = Map.copyOf(grahas);
    }

    public static Chart of(Birth birth) {
        Moment moment = birth.moment();
        Map<Body, Point> grahas = new EnumMap<>(Body.class);
        for (Body body : Body.values()) {
            grahas.put(body, Sky.point(body, moment));
        }
        double ayanamsa = Ayanamsa.mean(moment.centuries());
        double rising = Horizon.ascendant(moment, birth.latitude(), birth.longitude());
        return new Chart(birth, grahas, new Point(turned(rising - ayanamsa), 0), ayanamsa);
    }

    public Point of(Body body) {
        Point point = grahas.get(body);
        if (point == null) {
            throw new IllegalStateException("BUG: no place for " + body);
        }
        return point;
    }

    /** Whole-sign house of a graha: 1 to 12. */
    public int house(Body body) {
        return of(body).sign().houseFrom(ascendant.sign());
    }

    /** Degrees between a graha and the Sun: 0 to 180. */
    public double distanceFromSun(Body body) {
        return Math.abs(Angles.between(of(Body.SUN).longitude(), of(body).longitude()));
    }

    /** Degrees by which the Moon is ahead of the Sun: 0 … 360. */
    public double elongation() {
        return turned(of(Body.MOON).longitude() - of(Body.SUN).longitude());
    }

    /** Longitudes of Sun and Moon added up: 0 … 360. */
    public double sumOfLights() {
        return turned(of(Body.MOON).longitude() + of(Body.SUN).longitude());
    }

    public Vimshottari periods() {
        return Vimshottari.of(of(Body.MOON).longitude(), birth.moment());
    }
}
