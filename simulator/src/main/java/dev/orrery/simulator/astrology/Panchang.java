package dev.orrery.simulator.astrology;

import java.util.List;

/** The parts of the lunar day, from the distance and the sum of Sun and Moon in degrees. */
final class Panchang {

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

    private static final List<String> MOVING_KARANAS =
            List.of("Bava", "Balava", "Kaulava", "Taitila", "Gara", "Vanija", "Vishti");

    private static final List<String> LAST_KARANAS = List.of("Shakuni", "Chatushpada", "Naga");

    private static final int DEGREES_A_TITHI = 12;

    private static final int FIRST_OF_LAST_KARANAS = 57;

    private Panchang() {}

    static String yoga(double sumOfLights) {
        return YOGAS.get((int) (sumOfLights * YOGAS.size() / 360));
    }

    /** The fortnight and the day in it; the fifteenth days have names of their own. */
    static String tithi(double elongation) {
        int tithi = (int) (elongation / DEGREES_A_TITHI);
        int inFortnight = tithi % 15;
        boolean waxing = tithi < 15;
        if (inFortnight == 14) {
            return waxing ? "Purnima" : "Amavasya";
        }
        return (waxing ? "Shukla " : "Krishna ") + TITHIS.get(inFortnight);
    }

    /** Half a tithi. The first of a month and the last three come once, the others in a circle. */
    static String karana(double elongation) {
        int half = (int) (elongation / (DEGREES_A_TITHI / 2.0));
        if (half == 0) {
            return "Kimstughna";
        }
        return half >= FIRST_OF_LAST_KARANAS
                ? LAST_KARANAS.get(half - FIRST_OF_LAST_KARANAS)
                : MOVING_KARANAS.get((half - 1) % MOVING_KARANAS.size());
    }
}
