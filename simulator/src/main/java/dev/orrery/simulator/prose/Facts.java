package dev.orrery.simulator.prose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instruction says about the user, as far as a reply can repeat it. Only names and words
 * from closed lists are taken, so nothing else of an instruction ever shows in a reply.
 */
final class Facts {

    private static final String SIGN =
            "(Aries|Taurus|Gemini|Cancer|Leo|Virgo|Libra|Scorpio|Sagittarius|Capricorn|Aquarius|Pisces)";

    private static final String PLANET = "(Sun|Moon|Mars|Mercury|Jupiter|Venus|Saturn|Rahu|Ketu)";

    private static final Map<String, Pattern> PATTERNS = patterns();

    private Facts() {}

    /** Facts by name; those that are not said are not there. */
    static Map<String, String> in(String instruction) {
        Map<String, String> facts = new LinkedHashMap<>();
        PATTERNS.forEach((name, pattern) -> {
            Matcher matcher = pattern.matcher(instruction);
            if (matcher.find()) {
                facts.put(name, matcher.group(1));
            }
        });
        return facts;
    }

    private static Map<String, Pattern> patterns() {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        patterns.put(
                "name",
                Pattern.compile(
                        "(?:talking (?:with|to)|You answer|user is called|[Uu]ser:|[Nn]ame(?: is|:))"
                                + "\\s+(\\p{Lu}[\\p{L}\\p{M}'’-]{0,40})"));
        patterns.put("ascendant", Pattern.compile("(?i:ascendant)[^\\p{L}\\n]{1,8}" + SIGN));
        patterns.put("moon", Pattern.compile("\\bMoon\\b[^\\p{L}\\n]{1,8}" + SIGN));
        String period = "(?i:dasha)[^\\p{L}\\n]{1,8}";
        patterns.put("major", Pattern.compile(period + PLANET));
        patterns.put(
                "minor",
                Pattern.compile(period + PLANET.replace("(", "(?:") + "\\s*/\\s*" + PLANET));
        return patterns;
    }
}
