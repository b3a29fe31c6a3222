package dev.orrery.llm.gateway.answer;

import dev.orrery.pipeline.turn.StorableText;

/**
 * Keeps the halves of a character together: a piece of text may end within a surrogate pair, which
 * JSON in UTF-8 has no way to say. Not thread-safe.
 */
final class WholeCharacters {

    private String half = "";

    /** What can be sent of everything so far; may be empty. */
    String of(String piece) {
        var text = half + piece;
        boolean ends = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        int end = ends ? text.length() - 1 : text.length();
        half = text.substring(end);
        return StorableText.of(text.substring(0, end));
    }

    void forget() {
        half = "";
    }
}
