package dev.orrery.enrichment.birthchart;

import java.util.Locale;
import java.util.Optional;

/** The signs of the zodiac in their order, 30 degrees each. */
enum Sign {
    ARIES,
    TAURUS,
    GEMINI,
    CANCER,
    LEO,
    VIRGO,
    LIBRA,
    SCORPIO,
    SAGITTARIUS,
    CAPRICORN,
    AQUARIUS,
    PISCES;

    static final int DEGREES = 30;

    /**
     * @param degree of the ecliptic, 0 to below 360
     */
    static Sign at(double degree) {
        return values()[(int) (degree / DEGREES)];
    }

    /** The sign of this English name, in whatever case. */
    static Optional<Sign> named(String name) {
        var wanted = name.strip().toUpperCase(Locale.ROOT);
        for (var sign : values()) {
            if (sign.name().equals(wanted)) {
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }

    String title() {
        return Title.of(this);
    }
}
