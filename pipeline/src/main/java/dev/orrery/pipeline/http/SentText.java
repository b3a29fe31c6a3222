package dev.orrery.pipeline.http;

import dev.orrery.pipeline.turn.StorableText;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

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

    /** Every text of a tree, names of members included. */
    static Stream<String> of(JsonNode node) {
        var own = node.isString() ? Stream.of(node.stringValue()) : node.propertyNames().stream();
        return Stream.concat(own, node.valueStream().flatMap(SentText::of));
    }

    /** Repeated within bounds, and so that it can be written and read. */
    static String shown(String made) {
        var text = made.length() > MOST_SHOWN ? made.substring(0, MOST_SHOWN) + "…" : made;
        return StorableText.of(text).replaceAll("\\p{C}", "\uFFFD");
    }
}
