package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Nakshatra;
import dev.orrery.simulator.astrology.chart.Point;
import dev.orrery.simulator.astrology.chart.Sign;
import java.util.List;

/**
 * What tradition derives from the Moon's sign and nakshatra. The tables are those of common
 * almanacs; the spelling of the service is unverified.
 */
final class MoonTables {

    private static final List<String> YONIS =
            List.of(
                    "Ashwa", "Gaja", "Mesha", "Sarpa", "Sarpa", "Shwan", "Marjar", "Mesha",
                    "Marjar", "Mushak", "Mushak", "Gau", "Mahish", "Vyaghra", "Mahish", "Vyaghra",
                    "Mriga", "Mriga", "Shwan", "Vanar", "Nakul", "Vanar", "Singha", "Ashwa",
                    "Singha", "Gau", "Gaja");

    /** One letter a nakshatra: divine, human, demonic. */
    private static final String GANAS = "DHRHDHDDRRHHDRDRDRRHHDRRHHD";

    private static final List<String> NADIS =
            List.of("Adi", "Madhya", "Antya", "Antya", "Madhya", "Adi");

    private static final List<String> TATVAS = List.of("Fire", "Earth", "Air", "Water");

    private static final List<String> VARNAS = List.of("Kshatriya", "Vaishya", "Shudra", "Vipra");

    /** Four syllables a nakshatra, one a pada. */
    private static final List<String> SYLLABLES =
            List.of(
                    "Chu Che Cho La",
                    "Li Lu Le Lo",
                    "A I U E",
                    "O Va Vi Vu",
                    "Ve Vo Ka Ki",
                    "Ku Gha Ng Chha",
                    "Ke Ko Ha Hi",
                    "Hu He Ho Da",
                    "Di Du De Do",
                    "Ma Mi Mu Me",
                    "Mo Ta Ti Tu",
                    "Te To Pa Pi",
                    "Pu Sha Na Tha",
                    "Pe Po Ra Ri",
                    "Ru Re Ro Ta",
                    "Ti Tu Te To",
                    "Na Ni Nu Ne",
                    "No Ya Yi Yu",
                    "Ye Yo Bha Bhi",
                    "Bhu Dha Pha Dha",
                    "Bhe Bho Ja Ji",
                    "Khi Khu Khe Kho",
                    "Ga Gi Gu Ge",
                    "Go Sa Si Su",
                    "Se So Da Di",
                    "Du Tha Jha Na",
                    "De Do Cha Chi");

    private static final int HALF_SIGN = 15;

    private MoonTables() {}

    static String varna(Sign sign) {
        return VARNAS.get(sign.ordinal() % VARNAS.size());
    }

    static String tatva(Sign sign) {
        return TATVAS.get(sign.ordinal() % TATVAS.size());
    }

    static String vashya(Point moon) {
        boolean firstHalf = moon.inSign() < HALF_SIGN;
        return switch (moon.sign()) {
            case ARIES, TAURUS -> "Chatushpad";
            case GEMINI, VIRGO, LIBRA, AQUARIUS -> "Manav";
            case CANCER, PISCES -> "Jalchar";
            case LEO -> "Vanchar";
            case SCORPIO -> "Keet";
            case SAGITTARIUS -> firstHalf ? "Manav" : "Chatushpad";
            case CAPRICORN -> firstHalf ? "Chatushpad" : "Jalchar";
        };
    }

    static String yoni(Nakshatra nakshatra) {
        return YONIS.get(nakshatra.ordinal());
    }

    static String gana(Nakshatra nakshatra) {
        return switch (GANAS.charAt(nakshatra.ordinal())) {
            case 'D' -> "Deva";
            case 'H' -> "Manushya";
            default -> "Rakshasa";
        };
    }

    static String nadi(Nakshatra nakshatra) {
        return NADIS.get(nakshatra.ordinal() % NADIS.size());
    }

    /** Six nakshatras from Revati, twelve from Ardra, nine from Jyeshtha. */
    static String yunja(Nakshatra nakshatra) {
        int fromRevati = (nakshatra.ordinal() + 1) % 27;
        return fromRevati < 6 ? "Poorva" : fromRevati < 18 ? "Madhya" : "Antya";
    }

    static String syllable(Point moon) {
        return SYLLABLES.get(moon.nakshatra().ordinal()).split(" ")[moon.pada() - 1];
    }

    /**
     * @param house of the Moon: 1 to 12
     */
    static String paya(int house) {
        return switch (house) {
            case 1, 6, 11 -> "Gold";
            case 2, 5, 9 -> "Silver";
            case 3, 7, 10 -> "Copper";
            default -> "Iron";
        };
    }
}
