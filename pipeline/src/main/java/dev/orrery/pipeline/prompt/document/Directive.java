package dev.orrery.pipeline.prompt.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The keys by which a document asks for something instead of saying it. */
enum Directive {
    WHEN,
    VALUE,
    ROLE,
    LANGUAGE,
    LENGTH,
    DAILY_CONTEXT,
    FACT,
    MEMORIES,
    SUMMARY;

    /** What every such key begins with; no other key may. */
    static final String MARK = "$";

    String key() {
        return MARK + name().toLowerCase(Locale.ROOT);
    }

    static boolean isMeant(String key) {
        return key.startsWith(MARK);
    }

    static Optional<Directive> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findAny();
    }

    static String known() {
        return String.join(", ", Arrays.stream(values()).map(Directive::key).toList());
    }
}
