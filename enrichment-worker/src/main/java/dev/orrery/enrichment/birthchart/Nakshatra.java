package dev.orrery.enrichment.birthchart;

/** The 27 lunar mansions in their order, 13 degrees and 20 minutes each, in four quarters. */
enum Nakshatra {
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

    private static final int PADAS = 4;

    /**
     * @param degree of the ecliptic, 0 to below 360
     */
    static Nakshatra at(double degree) {
        return values()[quarter(degree) / PADAS];
    }

    /** Quarter of the nakshatra at this degree, 1 to 4. */
    static int padaAt(double degree) {
        return quarter(degree) % PADAS + 1;
    }

    /** Counted from 0 over the whole circle; multiplied first, so that borders fall exactly. */
    private static int quarter(double degree) {
        return (int) (degree * (values().length * PADAS) / 360);
    }

    String title() {
        return Title.of(this);
    }
}
