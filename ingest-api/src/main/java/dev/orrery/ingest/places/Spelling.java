package dev.orrery.ingest.places;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** One spelling for all ways to write a name. */
final class Spelling {

    private static final Pattern LATIN_MARKS = Pattern.compile("(?<=\\p{IsLatin})\\p{Mn}+");

    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private Spelling() {}

    /**
     * Small letters and digits with single blanks between words: {@code São Paulo} and {@code
     * sao-paulo} are one. Marks that other scripts need to be read stay.
     */
    static String of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isPlain(lower) ? lower : worked(lower);
    }

    /** Most names of the table: nothing to do for them, and a table has many. */
    private static boolean isPlain(String lower) {
        return !lower.isEmpty() && lower.chars().allMatch(letter -> letter >= 'a' && letter <= 'z');
    }

    private static String worked(String lower) {
        String decomposed = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        String bare = LATIN_MARKS.matcher(decomposed).replaceAll("");
        return SEPARATORS.matcher(bare).replaceAll(" ").strip();
    }

    /**
     * How many letters have to be changed, added, left out or swapped with their neighbour to make
     * one of the other (Damerau and Levenshtein, restricted form).
     *
     * @param most where counting stops
     * @return at most {@code most + 1}
     */
    static int distance(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most
                || Integer.bitCount(letters(one) ^ letters(other)) > 2 * most) {
            return most + 1;
        }
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            int least = row;
            for (int column = 1; column <= other.length(); column++) {
                int changed = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                int best =
                        Math.min(
                                Math.min(current[column - 1], last[column]) + 1,
                                last[column - 1] + changed);
                if (isSwapped(one, row, other, column)) {
                    best = Math.min(best, beforeLast[column - 2] + 1);
                }
                current[column] = best;
                least = Math.min(least, best);
            }
            if (least > most) {
                return most + 1;
            }
            beforeLast = last;
            last = current;
        }
        return Math.min(last[other.length()], most + 1);
    }

    /**
     * One bit for each letter that occurs. A change of one letter turns two bits over at most, so
     * that most names of a table need no closer look.
     */
    private static int letters(String name) {
        int letters = 0;
        for (int i = 0; i < name.length(); i++) {
            letters |= 1 << name.charAt(i);
        }
        return letters;
    }

    private static boolean isSwapped(String one, int row, String other, int column) {
        return row > 1
                && column > 1
                && one.charAt(row - 1) == other.charAt(column - 2)
                && one.charAt(row - 2) == other.charAt(column - 1);
    }
}
