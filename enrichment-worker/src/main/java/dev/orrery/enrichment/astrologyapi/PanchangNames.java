package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Panchang;
import java.util.List;

/** The names of lunar days, half days and yogas. */
final class PanchangNames {

    private static final List<String> TITHIS =
            List.of(
                    "Pratipada",
                    "Dwitiya",
                    "Tritiya",
                    "Chaturthi",
                    "Panchami",
                    "Shashthi",
                    "Saptami",
                    "Ashtami",
                    "Navami",
                    "Dashami",
                    "Ekadashi",
                    "Dwadashi",
                    "Trayodashi",
                    "Chaturdashi");

    private static final List<String> YOGAS =
            List.of(
                    "Vishkumbha",
                    "Priti",
                    "Ayushman",
                    "Saubhagya",
                    "Shobhana",
                    "Atiganda",
                    "Sukarma",
                    "Dhriti",
                    "Shula",
                    "Ganda",
                    "Vriddhi",
                    "Dhruva",
                    "Vyaghata",
                    "Harshana",
                    "Vajra",
                    "Siddhi",
                    "Vyatipata",
                    "Variyana",
                    "Parigha",
                    "Shiva",
                    "Siddha",
                    "Sadhya",
                    "Shubha",
                    "Shukla",
                    "Brahma",
                    "Indra",
                    "Vaidhriti");

    private static final List<String> MOVING_KARANAS =
            List.of("Bava", "Balava", "Kaulava", "Taitila", "Gara", "Vanija", "Vishti");

    private static final List<String> LAST_KARANAS = List.of("Shakuni", "Chatushpada", "Naga");

    private static final int FIRST_OF_LAST_KARANAS = 58;

    private static final int FORTNIGHT = 15;

    private PanchangNames() {}

    /** The fortnight and the day in it; full and new moon have names of their own. */
    static String tithi(Panchang panchang) {
        int day = (panchang.tithi() - 1) % FORTNIGHT;
        if (day == FORTNIGHT - 1) {
            return panchang.waxing() ? "Purnima" : "Amavasya";
        }
        return (panchang.waxing() ? "Shukla " : "Krishna ") + TITHIS.get(day);
    }

    /** The first of a month and the last three come once, the seven between eight times. */
    static String karana(Panchang panchang) {
        int karana = panchang.karana();
        if (karana == 1) {
            return "Kimstughna";
        }
        return karana >= FIRST_OF_LAST_KARANAS
                ? LAST_KARANAS.get(karana - FIRST_OF_LAST_KARANAS)
                : MOVING_KARANAS.get((karana - 2) % MOVING_KARANAS.size());
    }

    static String yoga(Panchang panchang) {
        return YOGAS.get(panchang.yoga() - 1);
    }
}
