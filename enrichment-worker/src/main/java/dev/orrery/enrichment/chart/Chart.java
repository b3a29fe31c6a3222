package dev.orrery.enrichment.chart;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A birth chart. Immutable; the same birth always has the same chart, only which period runs
 * depends on the moment asked about.
 *
 * @param ayanamsa degrees
 * @param places of all nine grahas, in their order
 */
public record Chart(
        BirthMoment birth,
        double ayanamsa,
        ZodiacPoint ascendant,
        Map<Graha, GrahaPlace> places,
        Vimshottari periods) {

    public Chart {
        places = Collections.unmodifiableMap(new EnumMap<>(places));
    }

    public GrahaPlace of(Graha graha) {
        return Objects.requireNonNull(places.get(graha), graha::name);
    }

    public Panchang panchang() {
        return Panchang.of(of(Graha.SUN).point(), of(Graha.MOON).point());
    }

    public Manglik manglik() {
        return Manglik.of(
                of(Graha.MARS).point().sign(),
                ascendant.sign(),
                of(Graha.MOON).point().sign(),
                of(Graha.VENUS).point().sign());
    }

    /** The twelve houses of a divisional chart, the first with its ascendant. */
    public List<House> houses(Division division) {
        Sign first = division.of(ascendant);
        return IntStream.range(0, House.COUNT)
                .mapToObj(step ->
                        new House(
                                step + 1, first.plus(step), standingIn(first.plus(step), division)))
                .toList();
    }

    /** Nothing: a birth is personal data. */
    @Override
    public String toString() {
        return "Chart[]";
    }

    private List<Graha> standingIn(Sign sign, Division division) {
        return Arrays.stream(Graha.values())
                .filter(graha -> division.of(of(graha).point()) == sign)
                .toList();
    }
}
