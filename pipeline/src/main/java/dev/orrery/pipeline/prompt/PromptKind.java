package dev.orrery.pipeline.prompt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the source of a prompt is to be read. */
public enum PromptKind {
    /** A text with placeholders. */
    TEMPLATE,
    /** A YAML or JSON document of sections. */
    STRUCTURED;

    /** As it is stored, and as the API calls it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PromptKind> named(String name) {
        return Arrays.stream(values()).filter(each -> each.wireName().equals(name)).findAny();
    }
}
