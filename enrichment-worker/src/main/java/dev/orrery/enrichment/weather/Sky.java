package dev.orrery.enrichment.weather;

import java.util.Locale;

/** What the sky does, after the codes of the WMO (table 4677) that Open-Meteo documents. */
enum Sky {
    CLEAR,
    MAINLY_CLEAR,
    PARTLY_CLOUDY,
    OVERCAST,
    FOG,
    DRIZZLE,
    RAIN,
    SNOW,
    RAIN_SHOWERS,
    SNOW_SHOWERS,
    THUNDERSTORM,
    THUNDERSTORM_WITH_HAIL,
    /** A code that the documentation does not have. */
    UNKNOWN;

    static Sky ofCode(int code) {
        return switch (code) {
            case 0 -> CLEAR;
            case 1 -> MAINLY_CLEAR;
            case 2 -> PARTLY_CLOUDY;
            case 3 -> OVERCAST;
            case 45, 48 -> FOG;
            case 51, 53, 55, 56, 57 -> DRIZZLE;
            case 61, 63, 65, 66, 67 -> RAIN;
            case 71, 73, 75, 77 -> SNOW;
            case 80, 81, 82 -> RAIN_SHOWERS;
            case 85, 86 -> SNOW_SHOWERS;
            case 95 -> THUNDERSTORM;
            case 96, 99 -> THUNDERSTORM_WITH_HAIL;
            default -> UNKNOWN;
        };
    }

    /** In words of a sentence. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
