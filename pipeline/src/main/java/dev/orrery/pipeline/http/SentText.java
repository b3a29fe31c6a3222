package dev.orrery.pipeline.http;

import dev.orrery.pipeline.turn.StorableText;
import java.util.Optional;

/** What is done with texts that strangers send, whatever they say. */
final class SentText {

    private static final int MOST_SHOWN = 64;

    private SentText() {}

    /**
     * Why a text can neither be stored nor sent on: PostgreSQL has no room for NUL, and UTF-8 none
     * for half a surrogate pair. Empty when it can.
     */
    static Optional<String> defect(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("contains NUL (expected: text without it)");
        }
        return StorableText.of(text).equals(text)
                ? Optional.empty()
                : Optional.of("contains half a surrogate pair (expected: well-formed Unicode)");
    }

    /** Repeated within bounds, and so that it can be written and read. */
    static String shown(String made) {
        var text = made.length() > MOST_SHOWN ? made.substring(0, MOST_SHOWN) + "…" : made;
        return StorableText.of(text).replaceAll("\\p{C}", "\uFFFD");
    }
}
