package dev.orrery.enrichment.chart;

/** The twelve signs of 30°, each with its ruler. */
public enum Sign {
    ARIES(Graha.MARS),
    TAURUS(Graha.VENUS),
    GEMINI(Graha.MERCURY),
    CANCER(Graha.MOON),
    LEO(Graha.SUN),
    VIRGO(Graha.MERCURY),
    LIBRA(Graha.VENUS),
    SCORPIO(Graha.MARS),
    SAGITTARIUS(Graha.JUPITER),
    CAPRICORN(Graha.SATURN),
    AQUARIUS(Graha.SATURN),
    PISCES(Graha.JUPITER);

    private static final Sign[] ALL = values();

    private final Graha lord;

    Sign(Graha lord) {
        this.lord = lord;
    }

    /** The sign so many steps from Aries; 12 is Aries again. */
    static Sign at(int steps) {
        return ALL[Math.floorMod(steps, ALL.length)];
    }

    public Graha lord() {
        return lord;
    }

    /** The sign so many further; 0 is this one. */
    public Sign plus(int signs) {
        return at(ordinal() + signs);
    }

    /** The whole-sign house that this sign is, counted from another: 1 to 12. */
    public int houseFrom(Sign first) {
        return Math.floorMod(ordinal() - first.ordinal(), ALL.length) + 1;
    }

    /** Aries, Gemini, Leo, … */
    public boolean isOdd() {
        return ordinal() % 2 == 0;
    }
}
