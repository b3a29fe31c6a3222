package dev.orrery.simulator.prose;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text in pieces of one word each, with the white space before it. They stand in for tokens; put
 * together they are the text again.
 */
final class Pieces {

    private static final Pattern PIECE = Pattern.compile("\\s*\\S+");

    private Pieces() {}

    static Stream<String> of(String text) {
        return PIECE.matcher(text).results().map(MatchResult::group);
    }

    /** As many as {@link #of} has; for texts that are only counted. */
    static int count(String text) {
        int count = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = Character.isWhitespace(text.charAt(i));
            if (!blank && !inWord) {
                count++;
            }
            inWord = !blank;
        }
        return count;
    }
}
