package dev.orrery.pipeline.turn;

/**
 * Text that PostgreSQL can store. It has no room for NUL in {@code text} and {@code jsonb}, and
 * UTF-8 none for half a surrogate pair; both are replaced by U+FFFD, one for one, so that positions
 * in the text stay what they are.
 */
public final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** The same text, of the same length, with what cannot be stored replaced. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i)) {
                return replacedFrom(i, text);
            }
        }
        return text;
    }

    private static String replacedFrom(int first, String text) {
        var chars = text.toCharArray();
        for (int i = first; i < chars.length; i++) {
            if (!isStorable(text, i)) {
                chars[i] = REPLACEMENT;
            }
        }
        return new String(chars);
    }

    private static boolean isStorable(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c != 0;
    }
}
