package dev.orrery.enrichment.chart;

/** The twenty-seven lunar mansions of 13°20′, from the beginning of Aries. */
public enum Nakshatra {
    ASHWINI,
    BHARANI,
    KRITTIKA,
    ROHINI,
    MRIGASHIRA,
    ARDRA,
    PUNARVASU,
    PUSHYA,
    ASHLESHA,
    MAGHA,
    PURVA_PHALGUNI,
    UTTARA_PHALGUNI,
    HASTA,
    CHITRA,
    SWATI,
    VISHAKHA,
    ANURADHA,
    JYESHTHA,
    MULA,
    PURVA_ASHADHA,
    UTTARA_ASHADHA,
    SHRAVANA,
    DHANISHTA,
    SHATABHISHA,
    PURVA_BHADRAPADA,
    UTTARA_BHADRAPADA,
    REVATI;

    static final int COUNT = 27;

    private static final int PADAS = 4;

    private static final Nakshatra[] ALL = values();

    /**
     * The one that a place of the ecliptic lies in.
     *
     * @param degree 0 to below 360
     */
    public static Nakshatra atDegree(double degree) {
        return ALL[quarter(degree) / PADAS];
    }

    /** Quarter of the nakshatra at this degree, 1 to 4. */
    public static int padaAtDegree(double degree) {
        return quarter(degree) % PADAS + 1;
    }

    /** Counted from 0 over the whole circle; multiplied first, so that borders fall exactly. */
    private static int quarter(double degree) {
        return (int) (degree * (COUNT * PADAS) / 360);
    }

    static Nakshatra at(int index) {
        return ALL[index];
    }

    /**
     * Its ruler, which also rules the Vimshottari period of one who is born while the Moon is here.
     */
    public Graha lord() {
        return Graha.PERIOD_ORDER.get(ordinal() % Graha.PERIOD_ORDER.size());
    }
}
