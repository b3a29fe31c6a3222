package dev.orrery.pipeline.prompt.lint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class NearestName {

    /** Longer ones are no slips of a name. */
    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The known name that takes the fewest edits, if they are few for its length; of several the
     * first in the alphabet. Case is not counted.
     */
    static Optional<String> to(String name, Collection<String> known) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return Optional.empty();
        }
        var meant = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(each -> edits(meant, each) <= Math.max(2, each.length() / 3))
                .min(
                        Comparator.<String>comparingInt(each -> edits(meant, each))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Optimal string alignment distance: insertions, deletions, substitutions and swaps of
     * neighbours, each counted once.
     */
    static int edits(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            rows[i][0] = i;
        }
        for (int j = 0; j <= to.length(); j++) {
            rows[0][j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int least = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
                rows[i][j] = Math.min(least, rows[i - 1][j - 1] + change);
                if (areSwapped(from, i, to, j)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[from.length()][to.length()];
    }

    private static boolean areSwapped(String from, int i, String to, int j) {
        return i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
