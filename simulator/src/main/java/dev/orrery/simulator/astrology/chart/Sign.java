package dev.orrery.simulator.astrology.chart;

/** Twelve times thirty degrees, and who rules them. */
public enum Sign {
    ARIES("Aries", Body.MARS),
    TAURUS("Taurus", Body.VENUS),
    GEMINI("Gemini", Body.MERCURY),
    CANCER("Cancer", Body.MOON),
    LEO("Leo", Body.SUN),
    VIRGO("Virgo", Body.MERCURY),
    LIBRA("Libra", Body.VENUS),
    SCORPIO("Scorpio", Body.MARS),
    SAGITTARIUS("Sagittarius", Body.JUPITER),
    CAPRICORN("Capricorn", Body.SATURN),
    AQUARIUS("Aquarius", Body.SATURN),
    PISCES("Pisces", Body.JUPITER);

    private static final Sign[] ALL = values();

    private final String title;

    private final Body lord;

    Sign(String title, Body lord) {
        this.title = title;
        this.lord = lord;
    }

    static Sign at(double longitude) {
        return ALL[(int) (longitude / 30)];
    }

    /** The ninth part of a sign: each sign's nine go on where those of the sign before end. */
    static Sign navamsaAt(double longitude) {
        return ALL[(int) (longitude * 108 / Angles.FULL) % ALL.length];
    }

    /** The whole-sign house this sign is, seen from an ascendant: 1 to 12. */
    public int houseFrom(Sign ascendant) {
        return Math.floorMod(ordinal() - ascendant.ordinal(), ALL.length) + 1;
    }

    /** The sign that is so many further; 0 is this one. */
    public Sign plus(int signs) {
        return ALL[Math.floorMod(ordinal() + signs, ALL.length)];
    }

    public String title() {
        return title;
    }

    public Body lord() {
        return lord;
    }

    /** Aries, Gemini, … */
    public boolean isOdd() {
        return ordinal() % 2 == 0;
    }
}
