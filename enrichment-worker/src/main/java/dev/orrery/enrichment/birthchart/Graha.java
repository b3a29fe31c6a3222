package dev.orrery.enrichment.birthchart;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The nine bodies of Vedic astrology, in the order of the service's ids, 0 to 8. */
enum Graha {
    SUN,
    MOON,
    MARS,
    MERCURY,
    JUPITER,
    VENUS,
    SATURN,
    RAHU,
    KETU;

    static final List<Graha> ALL = List.of(values());

    /** Empty for the ascendant, for outer planets, and for ids that do not exist. */
    static Optional<Graha> ofId(int id) {
        return id >= 0 && id < ALL.size() ? Optional.of(ALL.get(id)) : Optional.empty();
    }

    /** The body of this English name, in whatever case. */
    static Optional<Graha> named(String name) {
        var wanted = name.strip().toUpperCase(Locale.ROOT);
        return ALL.stream().filter(graha -> graha.name().equals(wanted)).findFirst();
    }

    /** Length of its major period. */
    int years() {
        return dev.orrery.enrichment.chart.Graha.values()[ordinal()].years();
    }

    String title() {
        return Title.of(this);
    }
}
