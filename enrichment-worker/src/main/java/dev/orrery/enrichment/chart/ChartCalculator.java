package dev.orrery.enrichment.chart;

import dev.orrery.enrichment.ephemeris.CelestialBody;
import dev.orrery.enrichment.ephemeris.Ephemeris;
import dev.orrery.enrichment.ephemeris.Horizon;
import dev.orrery.enrichment.ephemeris.LunarNode;
import dev.orrery.enrichment.ephemeris.Moment;
import dev.orrery.enrichment.ephemeris.Nutation;
import dev.orrery.enrichment.ephemeris.Position;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Computes birth charts. Immutable; may be called on any thread, takes about a millisecond, never
 * blocks and does no I/O.
 */
public final class ChartCalculator {

    private static final double HALF_CIRCLE = 180;

    private final Ephemeris ephemeris;

    public ChartCalculator(Ephemeris ephemeris) {
        this.ephemeris = ephemeris;
    }

    /** The chart of a birth. Every {@link BirthMoment} has one, at the poles too. */
    public Chart chart(BirthMoment birth) {
        Moment moment = Moment.of(birth.instant());
        double ayanamsa = Lahiri.ayanamsa(moment);
        ZodiacPoint ascendant = ascendant(birth, moment, ayanamsa);
        Map<Graha, Moving> moving = moving(moment, ayanamsa);
        return new Chart(
                birth,
                ayanamsa,
                ascendant,
                places(moving, ascendant.sign()),
                Vimshottari.of(at(Graha.MOON, moving).point(), birth.instant()));
    }

    /** A point and its speed in degrees a day. */
    private record Moving(ZodiacPoint point, double speed) {}

    /**
     * The rising point counts from the true equinox, the ayanamsa from the mean one: so it is
     * meant.
     */
    private ZodiacPoint ascendant(BirthMoment birth, Moment moment, double ayanamsa) {
        Nutation nutation = ephemeris.nutation(moment);
        double rising = Horizon.ascendant(moment, nutation, birth.latitude(), birth.longitude());
        return ZodiacPoint.ofDegrees(rising - ayanamsa);
    }

    private Map<Graha, Moving> moving(Moment moment, double ayanamsa) {
        Map<Graha, Moving> moving = new EnumMap<>(Graha.class);
        ephemeris
                .positions(moment)
                .forEach((body, position) -> moving.put(graha(body), moving(position, ayanamsa)));
        ZodiacPoint rahu = ZodiacPoint.ofDegrees(LunarNode.longitude(moment) - ayanamsa);
        double speed = LunarNode.speed(moment);
        moving.put(Graha.RAHU, new Moving(rahu, speed));
        moving.put(Graha.KETU, new Moving(rahu.plus(HALF_CIRCLE), speed));
        return moving;
    }

    private static Moving moving(Position position, double ayanamsa) {
        return new Moving(ZodiacPoint.ofDegrees(position.longitude() - ayanamsa), position.speed());
    }

    private static Graha graha(CelestialBody body) {
        return switch (body) {
            case SUN -> Graha.SUN;
            case MOON -> Graha.MOON;
            case MERCURY -> Graha.MERCURY;
            case VENUS -> Graha.VENUS;
            case MARS -> Graha.MARS;
            case JUPITER -> Graha.JUPITER;
            case SATURN -> Graha.SATURN;
        };
    }

    private static Map<Graha, GrahaPlace> places(Map<Graha, Moving> moving, Sign ascendant) {
        ZodiacPoint sun = at(Graha.SUN, moving).point();
        Map<Graha, GrahaPlace> places = new EnumMap<>(Graha.class);
        moving.forEach((graha, at) -> {
            double fromSun = at.point().distanceTo(sun);
            int house = at.point().sign().houseFrom(ascendant);
            boolean combust = Combustion.holds(graha, at.speed() < 0, fromSun);
            places.put(graha, new GrahaPlace(graha, at.point(), at.speed(), house, combust));
        });
        return places;
    }

    private static Moving at(Graha graha, Map<Graha, Moving> moving) {
        return Objects.requireNonNull(moving.get(graha), graha::name);
    }
}
