package dev.orrery.enrichment.chart;

import java.util.List;

/** The nine grahas: seven bodies and the two nodes of the Moon's path. */
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

    /** The order in which their Vimshottari periods follow one another. */
    static final List<Graha> PERIOD_ORDER =
            List.of(KETU, VENUS, SUN, MOON, MARS, RAHU, JUPITER, SATURN, MERCURY);

    private final int years;

    Graha(int years) {
        this.years = years;
    }

    /** Length of its major Vimshottari period. */
    public int years() {
        return years;
    }
}
