package dev.orrery.pipeline.prompt.variables;

import java.text.Normalizer;

/**
 * Text of a user, made fit for a prompt: without control characters other than LF and TAB, byte
 * order marks and lone surrogates, in Unicode normalisation form C, and no longer than its limit.
 */
public final class CleanText {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private CleanText() {}

    /**
     * @param limit the most code points that are kept, counted from the beginning
     */
    public static String of(String text, int limit) {
        var normal = Normalizer.normalize(printable(text), Normalizer.Form.NFC);
        return normal.codePointCount(0, normal.length()) <= limit
                ? normal
                : normal.substring(0, normal.offsetByCodePoints(0, limit));
    }

    /**
     * Without what no text may contain, and otherwise as it is: neither normalised nor cut. The
     * text itself where there is nothing to drop.
     */
    public static String printable(String text) {
        if (text.codePoints().allMatch(CleanText::isKept)) {
            return text;
        }
        var kept = new StringBuilder(text.length());
        text.codePoints().filter(CleanText::isKept).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isKept(int codePoint) {
        if (codePoint == '\n' || codePoint == '\t') {
            return true;
        }
        boolean loneSurrogate =
                codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return !Character.isISOControl(codePoint) && codePoint != BYTE_ORDER_MARK && !loneSurrogate;
    }
}
