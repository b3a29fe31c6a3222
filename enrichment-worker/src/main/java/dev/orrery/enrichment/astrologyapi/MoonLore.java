package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Nakshatra;
import dev.orrery.enrichment.chart.Sign;
import dev.orrery.enrichment.chart.ZodiacPoint;
import java.util.List;

/**
 * What tradition derives from the sign and the nakshatra of the Moon. The tables are those that all
 * almanacs print; how the service spells their words is not confirmed.
 */
final class MoonLore {

    /**
     * Of one nakshatra.
     *
     * @param syllables with which a name should begin, one a pada
     */
    private record Lore(String yoni, String gana, List<String> syllables) {

        static Lore of(String line) {
            List<String> words = List.of(line.split(" "));
            return new Lore(words.get(0), words.get(1), words.subList(2, words.size()));
        }
    }

    /** From Ashwini to Revati. */
    private static final List<Lore> LORE =
            """
            Ashwa Deva Chu Che Cho La
            Gaja Manushya Li Lu Le Lo
            Mesha Rakshasa A I U E
            Sarpa Manushya O Va Vi Vu
            Sarpa Deva Ve Vo Ka Ki
            Shwan Manushya Ku Gha Ng Chha
            Marjar Deva Ke Ko Ha Hi
            Mesha Deva Hu He Ho Da
            Marjar Rakshasa Di Du De Do
            Mushak Rakshasa Ma Mi Mu Me
            Mushak Manushya Mo Ta Ti Tu
            Gau Manushya Te To Pa Pi
            Mahish Deva Pu Sha Na Tha
            Vyaghra Rakshasa Pe Po Ra Ri
            Mahish Deva Ru Re Ro Ta
            Vyaghra Rakshasa Ti Tu Te To
            Mriga Deva Na Ni Nu Ne
            Mriga Rakshasa No Ya Yi Yu
            Shwan Rakshasa Ye Yo Bha Bhi
            Vanar Manushya Bhu Dha Pha Dha
            Nakul Manushya Bhe Bho Ja Ji
            Vanar Deva Khi Khu Khe Kho
            Singha Rakshasa Ga Gi Gu Ge
            Ashwa Rakshasa Go Sa Si Su
            Singha Manushya Se So Da Di
            Gau Manushya Du Tha Jha Na
            Gaja Deva De Do Cha Chi
            """
                    .lines()
                    .map(Lore::of)
                    .toList();

    /** Back and forth through the nakshatras. */
    private static final List<String> NADIS =
            List.of("Adi", "Madhya", "Antya", "Antya", "Madhya", "Adi");

    /** From Aries, three times around the zodiac. */
    private static final List<String> VARNAS = List.of("Kshatriya", "Vaishya", "Shudra", "Vipra");

    private static final List<String> TATVAS = List.of("Fire", "Earth", "Air", "Water");

    private static final int HALF_A_SIGN = 15;

    private MoonLore() {}

    static String yoni(Nakshatra nakshatra) {
        return LORE.get(nakshatra.ordinal()).yoni();
    }

    static String gana(Nakshatra nakshatra) {
        return LORE.get(nakshatra.ordinal()).gana();
    }

    static String nadi(Nakshatra nakshatra) {
        return NADIS.get(nakshatra.ordinal() % NADIS.size());
    }

    static String syllable(ZodiacPoint moon) {
        return LORE.get(moon.nakshatra().ordinal()).syllables().get(moon.pada() - 1);
    }

    static String varna(Sign sign) {
        return VARNAS.get(sign.ordinal() % VARNAS.size());
    }

    static String tatva(Sign sign) {
        return TATVAS.get(sign.ordinal() % TATVAS.size());
    }

    static String vashya(ZodiacPoint moon) {
        boolean firstHalf = moon.degreesInSign() < HALF_A_SIGN;
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

    /** The first six of the nakshatras that begin with Revati, the middle twelve, the last nine. */
    static String yunja(Nakshatra nakshatra) {
        if (nakshatra == Nakshatra.REVATI || nakshatra.compareTo(Nakshatra.ARDRA) < 0) {
            return "Poorva";
        }
        return nakshatra.compareTo(Nakshatra.JYESHTHA) < 0 ? "Madhya" : "Antya";
    }

    /**
     * @param house of the Moon, 1 to 12
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
