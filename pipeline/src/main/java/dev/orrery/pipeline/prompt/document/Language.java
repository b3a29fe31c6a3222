package dev.orrery.pipeline.prompt.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that prompts have texts for. */
public enum Language {
    HINDI,
    HINGLISH,
    ENGLISH;

    /**
     * The language that a profile or a document means: a code as listed here, in any case, or the
     * usual tag of it ({@code hi-IN}, {@code hi-Latn}, {@code en}).
     */
    public static Optional<Language> of(String text) {
        var tag = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        if (tag.equals("hi-latn") || tag.startsWith("hi-latn-")) {
            return Optional.of(HINGLISH);
        }
        if (tag.equals("hi") || tag.startsWith("hi-")) {
            return Optional.of(HINDI);
        }
        if (tag.equals("en") || tag.startsWith("en-")) {
            return Optional.of(ENGLISH);
        }
        return Arrays.stream(values()).filter(each -> each.name().equalsIgnoreCase(tag)).findAny();
    }

    /** How a language is looked up in a document; unknown ones stand for themselves. */
    static String code(String text) {
        return of(text).map(Enum::name).orElseGet(() -> text.strip().toUpperCase(Locale.ROOT));
    }
}
