package dev.orrery.simulator.astrology.chart;

/** The nine grahas, in the order of their ids, and the names the service gives them. */
public enum Body {
    SUN("Sun", 6),
    MOON("Moon", 10),
    MARS("Mars", 7),
    MERCURY("Mercury", 17),
    JUPITER("Jupiter", 16),
    VENUS("Venus", 20),
    SATURN("Saturn", 19),
    RAHU("Rahu", 18),
    KETU("Ketu", 7);

    private final String title;

    private final int years;

    Body(String title, int years) {
        this.title = title;
        this.years = years;
    }

    public String title() {
        return title;
    }

    /** Length of its major period. */
    public int years() {
        return years;
    }
}
