package dev.orrery.llm.safety;

import java.util.Locale;

/** Whose words are checked. */
enum Side {
    /** The user's. */
    INPUT,
    /** A model's. */
    OUTPUT;

    /** Name in marks, metrics and resources. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
