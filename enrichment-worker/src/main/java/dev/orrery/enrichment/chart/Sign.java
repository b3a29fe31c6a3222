package dev.orrery.enrichment.chart;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    public static final int DEGREES = 30;

    private static final Sign[] ALL = values();

    private final Graha lord;

    Sign(Graha lord) {
        this.lord = lord;
    }

    /**
     * The one that a place of the ecliptic lies in.
     *
     * @param degree 0 to below 360
     */
    public static Sign atDegree(double degree) {
        return ALL[(int) (degree / DEGREES)];
    }

    /** The one of this English name, in whatever case. */
    public static Optional<Sign> named(String name) {
        var wanted = name.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(ALL).filter(sign -> sign.name().equals(wanted)).findFirst();
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
