package dev.orrery.enrichment.chart;

/**
 * How near the Sun a graha is lost in its light. Texts differ by a degree or two; these limits fit
 * public sample answers of AstrologyAPI.com.
 */
final class Combustion {

    private Combustion() {}

    static boolean holds(Graha graha, boolean retrograde, double degreesFromSun) {
        return switch (graha) {
            case SUN, RAHU, KETU -> false;
            case MOON -> degreesFromSun <= 12;
            case MARS -> degreesFromSun <= 17;
            case MERCURY -> degreesFromSun <= (retrograde ? 12 : 14);
            case JUPITER -> degreesFromSun <= 11;
            case VENUS -> degreesFromSun <= (retrograde ? 8 : 10);
            case SATURN -> degreesFromSun <= 15;
        };
    }
}
