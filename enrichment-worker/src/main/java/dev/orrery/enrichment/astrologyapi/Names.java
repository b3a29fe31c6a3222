package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Awastha;
import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Nakshatra;
import dev.orrery.enrichment.chart.Sign;
import java.util.List;
import java.util.Locale;

/** How the service spells the names. */
final class Names {

    static final String ASCENDANT = "Ascendant";

    /**
     * Public samples confirm those that are spelt as nowhere else; the others are as in almanacs.
     */
    private static final List<String> NAKSHATRAS =
            List.of(
                    "Ashwini",
                    "Bharni",
                    "Krittika",
                    "Rohini",
                    "Mrigshira",
                    "Ardra",
                    "Punarvasu",
                    "Pushya",
                    "Ashlesha",
                    "Magha",
                    "Purva Phalguni",
                    "Uttara Phalguni",
                    "Hasta",
                    "Chitra",
                    "Swati",
                    "Vishakha",
                    "Anuradha",
                    "Jyeshtha",
                    "Mool",
                    "Purva Shadha",
                    "Uttra Shadha",
                    "Shravana",
                    "Dhanishta",
                    "Shatbhisha",
                    "Purva Bhadrapad",
                    "Uttara Bhadrapada",
                    "Revati");

    private Names() {}

    static String of(Graha graha) {
        return title(graha);
    }

    static String of(Sign sign) {
        return title(sign);
    }

    static String of(Awastha awastha) {
        return title(awastha);
    }

    static String of(Nakshatra nakshatra) {
        return NAKSHATRAS.get(nakshatra.ordinal());
    }

    private static String title(Enum<?> constant) {
        String name = constant.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
