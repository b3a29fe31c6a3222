package dev.orrery.llm.safety;

import java.text.Normalizer;
import java.util.stream.IntStream;

/**
 * How texts are compared: by their words, without what only looks different. Every code point
 * stands for letters, for a {@link #GAP} between words, or for nothing:
 *
 * <ul>
 *   <li>compatibility decomposition (NFKD), so that full-width, superscript and composed forms are
 *       the same; of its marks, accents over letters and the nukta of Indian scripts count for
 *       nothing, nor does the difference between candrabindu and anusvara: people write either
 *   <li>case is folded
 *   <li>apostrophes and what is not visible (zero-width characters, soft hyphens, directions,
 *       variation selectors) count for nothing
 *   <li>other signs and blanks are gaps; a gap is as wide as it may be
 *   <li>ideographs, letters of scripts that do without blanks, and pictures are words of their own
 * </ul>
 *
 * Since a code point stands for the same wherever it is, a text can be compared piece by piece.
 */
final class Folding {

    static final char GAP = ' ';

    private static final String BLANK = String.valueOf(GAP);
    private static final String NOTHING = "";
    private static final String APOSTROPHES = "'`´‘’ʼ＇";

    private static final char CANDRABINDU = '\u0901';
    private static final char ANUSVARA = '\u0902';
    private static final char NUKTA = '\u093C';

    /** Of the letters of most scripts, so that reading takes a look-up a letter. */
    private static final String[] KNOWN =
            IntStream.range(0, 0x2000).mapToObj(Folding::folded).toArray(String[]::new);

    private Folding() {}

    /** What a code point stands for: letters, gaps, or nothing. */
    static String of(int codePoint) {
        return codePoint < KNOWN.length ? KNOWN[codePoint] : folded(codePoint);
    }

    private static String folded(int codePoint) {
        if (APOSTROPHES.indexOf(codePoint) >= 0 || isInvisible(codePoint)) {
            return NOTHING;
        }
        var text = new StringBuilder(4);
        Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
                .codePoints()
                .forEach(each -> append(each, text));
        return text.toString();
    }

    private static void append(int codePoint, StringBuilder text) {
        if (isPassedOver(codePoint)) {
            return;
        }
        if (standsAlone(codePoint)) {
            text.append(GAP).appendCodePoint(codePoint).append(GAP);
        } else if (codePoint == CANDRABINDU) {
            text.append(ANUSVARA);
        } else if (isOfWord(codePoint)) {
            text.appendCodePoint(Character.toLowerCase(Character.toUpperCase(codePoint)));
        } else {
            text.append(BLANK);
        }
    }

    private static boolean isInvisible(int codePoint) {
        return Character.getType(codePoint) == Character.FORMAT
                || codePoint == 0x034F // combining grapheme joiner
                || codePoint == 0x115F // Hangul fillers
                || codePoint == 0x1160
                || codePoint == 0x3164
                || codePoint == 0xFFA0
                || (codePoint >= 0x180B && codePoint <= 0x180F)
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }

    private static boolean isPassedOver(int codePoint) {
        return codePoint == NUKTA
                || (codePoint >= 0x0300 && codePoint <= 0x036F)
                || (codePoint >= 0x1AB0 && codePoint <= 0x1AFF)
                || (codePoint >= 0x1DC0 && codePoint <= 0x1DFF)
                || (codePoint >= 0x20D0 && codePoint <= 0x20FF)
                || (codePoint >= 0xFE20 && codePoint <= 0xFE2F);
    }

    private static boolean standsAlone(int codePoint) {
        return Character.isIdeographic(codePoint)
                || Character.getType(codePoint) == Character.OTHER_SYMBOL
                || (Character.isLetter(codePoint) && isUnspaced(codePoint));
    }

    private static boolean isUnspaced(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
            default -> false; // of more than a hundred scripts that have blanks
        };
    }

    private static boolean isOfWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK ->
                            true;
                    default -> false;
                };
    }
}
