package dev.orrery.simulator.astrology.chart;

/**
 * Twenty-seven lunar mansions of 13°20′, under the names the service gives them; some are spelt as
 * nowhere else.
 */
public enum Nakshatra {
    ASHWINI("Ashwini"),
    BHARANI("Bharni"),
    KRITTIKA("Krittika"),
    ROHINI("Rohini"),
    MRIGASHIRA("Mrigshira"),
    ARDRA("Ardra"),
    PUNARVASU("Punarvasu"),
    PUSHYA("Pushya"),
    ASHLESHA("Ashlesha"),
    MAGHA("Magha"),
    PURVA_PHALGUNI("Purva Phalguni"),
    UTTARA_PHALGUNI("Uttara Phalguni"),
    HASTA("Hasta"),
    CHITRA("Chitra"),
    SWATI("Swati"),
    VISHAKHA("Vishakha"),
    ANURADHA("Anuradha"),
    JYESHTHA("Jyeshtha"),
    MULA("Mool"),
    PURVA_ASHADHA("Purva Shadha"),
    UTTARA_ASHADHA("Uttra Shadha"),
    SHRAVANA("Shravana"),
    DHANISHTA("Dhanishta"),
    SHATABHISHA("Shatbhisha"),
    PURVA_BHADRAPADA("Purva Bhadrapad"),
    UTTARA_BHADRAPADA("Uttara Bhadrapada"),
    REVATI("Revati");

    private static final Nakshatra[] ALL = values();

    private static final int PADAS = 108;

    private final String title;

    Nakshatra(String title) {
        this.title = title;
    }

    static Nakshatra at(double longitude) {
        return ALL[(int) (longitude * ALL.length / Angles.FULL)];
    }

    /** Quarter of the mansion: 1 to 4. */
    static int padaAt(double longitude) {
        return (int) (longitude * PADAS / Angles.FULL) % 4 + 1;
    }

    /** The part of the mansion that is passed already: 0 to 1, without 1. */
    static double passed(double longitude) {
        return longitude * ALL.length / Angles.FULL % 1;
    }

    public String title() {
        return title;
    }

    /** Its ruler, which rules the first of the Vimshottari periods too. */
    public Body lord() {
        return Vimshottari.ORDER.get(ordinal() % Vimshottari.ORDER.size());
    }
}
