package dev.orrery.pipeline.safety;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the texts of one side of a conversation are checked:
 *
 * <pre>{@code
 * {"rules": true,
 *  "phrases": {"violence": ["how to build a bomb"]},
 *  "model": "openai/omni-moderation-latest",
 *  "when_unavailable": "refuse"}
 * }</pre>
 *
 * @param builtIn whether the lists that are shipped are looked through
 * @param phrases lists of the revision's own, by category, in their order
 * @param model null for none
 * @param refusesUnjudged whether a text is refused that the model could not judge
 */
public record TextCheck(
        boolean builtIn,
        Map<String, List<String>> phrases,
        @Nullable ModelName model,
        boolean refusesUnjudged) {

    /** Nothing is looked at. */
    static final TextCheck OFF = new TextCheck(false, Map.of(), null, false);

    private static final int MOST_CATEGORIES = 16;
    private static final int MOST_PHRASES = 200;
    private static final int LONGEST_PHRASE = 80;

    /** In UTF-16 units: they travel with every prompt. */
    private static final int MOST_TEXT = 16_000;

    /**
     * A model of a provider.
     *
     * @param provider lower-case code
     */
    public record ModelName(String provider, String model) {}

    static TextCheck of(Stated stated) {
        if (stated.isAbsent()) {
            return OFF;
        }
        stated.allowing("rules", "phrases", "model", "when_unavailable");
        return new TextCheck(
                stated.flag("rules"),
                phrases(stated.object("phrases")),
                model(stated),
                refusesUnjudged(stated));
    }

    private static Map<String, List<String>> phrases(Stated stated) {
        var phrases = new LinkedHashMap<String, List<String>>();
        int units = 0;
        for (var category : stated.names(MOST_CATEGORIES)) {
            if (!Category.isName(category)) {
                throw stated.malformed(
                        "a category is no name (expected: a-z, 0-9 and _, a letter first, up to 40)");
            }
            var texts = stated.texts(category, MOST_PHRASES, LONGEST_PHRASE);
            for (int i = 0; i < texts.size(); i++) {
                requireWords(texts.get(i), stated, category + "[" + i + "]");
                units += texts.get(i).length();
            }
            phrases.put(category, texts);
        }
        if (units > MOST_TEXT) {
            throw stated.malformed(
                    units + " characters in all (expected: at most " + MOST_TEXT + ")");
        }
        return phrases;
    }

    /** Signs are passed over when texts are compared, so a phrase of nothing else would be none. */
    private static void requireWords(String phrase, Stated stated, String name) {
        if (phrase.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw stated.malformed(name, "no word (expected: letters or digits)");
        }
    }

    private static @Nullable ModelName model(Stated stated) {
        var text = stated.text("model", 150);
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1 || text.contains(" ")) {
            throw stated.malformed("model", "no model (expected: provider/model)");
        }
        return new ModelName(text.substring(0, slash), text.substring(slash + 1));
    }

    private static boolean refusesUnjudged(Stated stated) {
        var said = stated.text("when_unavailable", 20);
        if (said != null && !said.equals("allow") && !said.equals("refuse")) {
            throw stated.malformed(
                    "when_unavailable", "no such choice (expected: one of allow, refuse)");
        }
        return "refuse".equals(said);
    }

    /** Its phrases in UTF-16 units. */
    int length() {
        return phrases.values().stream().flatMap(List::stream).mapToInt(String::length).sum();
    }

    /** Whether anything is looked at. */
    public boolean isOn() {
        return builtIn
                || model != null
                || phrases.values().stream().anyMatch(each -> !each.isEmpty());
    }

    /** Whether a cry for help may be heard. */
    boolean hearsCries() {
        return builtIn
                || model != null
                || !phrases.getOrDefault(Category.SELF_HARM, List.of()).isEmpty();
    }
}
