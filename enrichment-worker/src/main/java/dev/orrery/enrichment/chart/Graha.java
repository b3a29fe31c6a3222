package dev.orrery.enrichment.chart;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The nine grahas: seven bodies and the two nodes of the Moon's path, in the order of the ids, 0 to
 * 8, that AstrologyAPI.com gives them.
 */
public enum Graha {
    SUN(6),
    MOON(10),
    MARS(7),
    MERCURY(17),
    JUPITER(16),
    VENUS(20),
    SATURN(19),
    RAHU(18),
    KETU(7);

    public static final List<Graha> ALL = List.of(values());

    /** The order in which their Vimshottari periods follow one another. */
    static final List<Graha> PERIOD_ORDER =
            List.of(KETU, VENUS, SUN, MOON, MARS, RAHU, JUPITER, SATURN, MERCURY);

    private final int years;

    Graha(int years) {
        this.years = years;
    }

    /** Empty for ids of other bodies, of the ascendant and of nothing. */
    public static Optional<Graha> ofId(int id) {
        return id >= 0 && id < ALL.size() ? Optional.of(ALL.get(id)) : Optional.empty();
    }

    /** The one of this English name, in whatever case. */
    public static Optional<Graha> named(String name) {
        var wanted = name.strip().toUpperCase(Locale.ROOT);
        return ALL.stream().filter(graha -> graha.name().equals(wanted)).findFirst();
    }

    /** Length of its major Vimshottari period. */
    public int years() {
        return years;
    }
}
