package dev.orrery.enrichment.ephemeris;

import java.util.EnumMap;
import java.util.Map;

/**
 * Apparent geocentric places of Sun, Moon and planets. Immutable; may be asked on any thread, takes
 * well under a millisecond for all bodies and does no I/O after {@link #load()}.
 */
public final class Ephemeris {

    /**
     * Time between the two looks at the sky from which place and speed are taken. The place half
     * way differs from the true one by less than 0.0001″, the speed by less than 1e-7 degrees a
     * day.
     */
    private static final double STEP_DAYS = 0.001;

    private final Theories theories;

    private final Nutation.Terms nutationTerms;

    private Ephemeris(Theories theories, Nutation.Terms nutationTerms) {
        this.theories = theories;
        this.nutationTerms = nutationTerms;
    }

    /** Reads the coefficients from the class path: some tens of milliseconds, once. */
    public static Ephemeris load() {
        return new Ephemeris(Theories.load(), Nutation.Terms.load());
    }

    /** All bodies at one moment; what they share is computed once. */
    public Map<CelestialBody, Position> positions(Moment moment) {
        Sky before = before(moment);
        Sky after = after(moment);
        Map<CelestialBody, Position> positions = new EnumMap<>(CelestialBody.class);
        for (CelestialBody body : CelestialBody.values()) {
            positions.put(body, halfWay(before.of(body), after.of(body)));
        }
        return positions;
    }

    public Position position(CelestialBody body, Moment moment) {
        return halfWay(before(moment).of(body), after(moment).of(body));
    }

    /** The difference between true and mean equinox, and between true and mean obliquity. */
    public Nutation nutation(Moment moment) {
        return Nutation.at(moment.centuries(), nutationTerms);
    }

    private Sky before(Moment moment) {
        return new Sky(theories, moment.plusDays(-STEP_DAYS / 2));
    }

    private Sky after(Moment moment) {
        return new Sky(theories, moment.plusDays(STEP_DAYS / 2));
    }

    private static Position halfWay(Vector before, Vector after) {
        Vector place = before.plus(after).times(0.5);
        double way = Math.toDegrees(after.longitude() - before.longitude());
        return new Position(
                Angles.normalised(Math.toDegrees(place.longitude())),
                Math.toDegrees(place.latitude()),
                place.length(),
                Angles.difference(way) / STEP_DAYS);
    }
}
