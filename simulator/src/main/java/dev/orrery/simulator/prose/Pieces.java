package dev.orrery.simulator.prose;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text in pieces of one word each, with the white space before it. They stand in for tokens; put
 * together they are the text again, but for white space at its end.
 */
final class Pieces {

    private static final Pattern PIECE = Pattern.compile("\\s*\\S+");

    private Pieces() {}

    /** Without the strip, a long blank end would be searched again from each of its letters. */
    static Stream<String> of(String text) {
        return PIECE.matcher(text.stripTrailing()).results().map(MatchResult::group);
    }

    /** As many as {@link #of} has, for long texts that are only counted. */
    static int count(String text) {
        int count = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = isBlank(text.charAt(i));
            if (!blank && !inWord) {
                count++;
            }
            inWord = !blank;
        }
        return count;
    }

    /** What the pattern takes for white space. */
    private static boolean isBlank(char letter) {
        return letter == ' ' || letter >= '\t' && letter <= '\r';
    }
}
