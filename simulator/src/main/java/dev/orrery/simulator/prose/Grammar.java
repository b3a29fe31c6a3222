package dev.orrery.simulator.prose;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences with slots. A slot is filled from what is known or from a list of words; a sentence
 * whose slots cannot be filled is not said. Slots are filled in one pass: what stands in a value is
 * never a slot.
 */
final class Grammar {

    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    private static final List<String> SENTENCES =
            List.of(
                    "With {ascendant} rising, {trait} comes first in matters of {topic}.",
                    "Your Moon in {moon} asks for {need} before it agrees to anything.",
                    "The running {major} period favours {step} over {leap}.",
                    "{minor} colours the details of it, so look twice at {detail}.",
                    "As for {topic}, {step} will serve you better than {leap}.",
                    "What you say about “{word}” deserves {need}.",
                    "In {topic}, {trait} is worth more than {leap}.",
                    "Give {detail} a little time, and {need} will follow.");

    private static final List<String> CLOSINGS =
            List.of(
                    "What would you change first about {topic}?",
                    "Which part of {topic} weighs most on you?",
                    "Shall we look at {detail} next?");

    private static final Map<String, List<String>> WORDS =
            Map.of(
                    "trait",
                    List.of("patience", "curiosity", "a clear head", "candour", "good humour"),
                    "need",
                    List.of("quiet", "some honesty", "room to breathe", "a second look", "trust"),
                    "step",
                    List.of("one small step", "a steady hand", "a plain word", "an early start"),
                    "leap",
                    List.of("a great leap", "haste", "a bold promise", "a long debate"),
                    "detail",
                    List.of(
                            "the coming week",
                            "an old plan",
                            "the people around you",
                            "your mornings"));

    private final Map<String, String> known;

    private final RandomGenerator random;

    private String last = "";

    /**
     * @param known values of slots by name
     * @param random decides between what can be said
     */
    Grammar(Map<String, String> known, RandomGenerator random) {
        this.known = known;
        this.random = random;
    }

    /** A sentence other than the last one. */
    String sentence() {
        return filled(SENTENCES);
    }

    /** A question to end with. */
    String closing() {
        return filled(CLOSINGS);
    }

    private String filled(List<String> sentences) {
        List<String> sayable =
                sentences.stream()
                        .filter(each -> !each.equals(last))
                        .filter(this::canBeSaid)
                        .toList();
        last = pick(sayable);
        return SLOT.matcher(last)
                .replaceAll(slot -> Matcher.quoteReplacement(value(slot.group(1))));
    }

    private boolean canBeSaid(String sentence) {
        return SLOT.matcher(sentence)
                .results()
                .map(MatchResult::group)
                .map(slot -> slot.substring(1, slot.length() - 1))
                .allMatch(name -> known.containsKey(name) || WORDS.containsKey(name));
    }

    private String value(String name) {
        String fact = known.get(name);
        return fact != null ? fact : pick(WORDS.getOrDefault(name, List.of(name)));
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
