package dev.orrery.pipeline.prompt.variables;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a bot's answers are meant to be. */
public enum ResponseLength {
    SHORT("Keep the answer short: about 60 words."),
    MEDIUM("Keep the answer to about 120 words."),
    LONG("Take the room the question needs: about 250 words.");

    private final String sentence;

    ResponseLength(String sentence) {
        this.sentence = sentence;
    }

    /** What a model is told where an author has no words of their own. */
    public String sentence() {
        return sentence;
    }

    /** Name in a bot's metadata and in documents: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The length of this name; case does not count. */
    public static Optional<ResponseLength> named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equalsIgnoreCase(name)).findAny();
    }
}
