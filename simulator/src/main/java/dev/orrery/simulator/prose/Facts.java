package dev.orrery.simulator.prose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instruction says about the user, as far as a reply can repeat it. Only a first name and
 * words from closed lists are taken, so nothing else of an instruction ever shows in a reply.
 */
final class Facts {

    private static final String SIGN =
            "(Aries|Taurus|Gemini|Cancer|Leo|Virgo|Libra|Scorpio|Sagittarius|Capricorn|Aquarius|Pisces)";

    private static final String PLANET = "(Sun|Moon|Mars|Mercury|Jupiter|Venus|Saturn|Rahu|Ketu)";

    /** Colons, stars and blanks, as lists and headings have them. */
    private static final String THEN = "[^\\p{L}\\n]{1,8}";

    private static final List<Clue> CLUES =
            List.of(
                    new Clue(
                            "name",
                            List.of("talking with", "talking to", "You answer", "Name:", "User:"),
                            "\\s(\\p{Lu}[\\p{L}\\p{M}'’-]{0,40})"),
                    new Clue("ascendant", List.of("Ascendant", "ascendant"), THEN + SIGN),
                    new Clue("moon", List.of("Moon"), THEN + SIGN),
                    new Clue("major", List.of("Dasha", "dasha"), THEN + PLANET),
                    new Clue(
                            "minor",
                            List.of("Dasha", "dasha"),
                            THEN + "\\p{Lu}\\p{L}{1,8} / " + PLANET));

    private Facts() {}

    /** Facts by name; those that are not said are not there. */
    static Map<String, String> in(String instruction) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (Clue clue : CLUES) {
            clue.find(instruction, facts);
        }
        return facts;
    }

    /**
     * Where a fact stands: behind one of these words. Looking for words first is much cheaper than
     * trying a pattern at each letter of a long instruction.
     */
    private record Clue(String fact, List<String> words, Pattern behind) {

        Clue(String fact, List<String> words, String behind) {
            this(fact, words, Pattern.compile(behind));
        }

        void find(String instruction, Map<String, String> facts) {
            Matcher matcher = behind.matcher(instruction);
            for (String word : words) {
                for (int at = instruction.indexOf(word);
                        at >= 0;
                        at = instruction.indexOf(word, at + 1)) {
                    matcher.region(at + word.length(), instruction.length());
                    if (matcher.lookingAt()) {
                        facts.put(fact, matcher.group(1));
                        return;
                    }
                }
            }
        }
    }
}
