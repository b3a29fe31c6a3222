package dev.orrery.enrichment.chart;

/**
 * The parts of the lunar day, from the distance and the sum of Sun and Moon.
 *
 * @param tithi lunar day of 12°: 1 to 30, the first fifteen while the Moon grows
 * @param karana half of a lunar day: 1 to 60
 * @param yoga 1 to 27
 */
public record Panchang(int tithi, int karana, int yoga) {

    private static final int CIRCLE = 360;

    private static final int TITHIS = 30;

    private static final int KARANAS = 60;

    static Panchang of(ZodiacPoint sun, ZodiacPoint moon) {
        double distance = moon.plus(-sun.longitude()).longitude();
        double sum = moon.plus(sun.longitude()).longitude();
        return new Panchang(
                (int) (distance * TITHIS / CIRCLE) + 1,
                (int) (distance * KARANAS / CIRCLE) + 1,
                (int) (sum * Nakshatra.COUNT / CIRCLE) + 1);
    }

    /** Whether the Moon grows. */
    public boolean waxing() {
        return tithi <= TITHIS / 2;
    }
}
