package dev.orrery.ingest.admin.prompts;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts by lines, in the unified form that {@code diff -u} writes. The
 * longest common subsequence decides what has stayed (Hunt and McIlroy, 1976, in the plain
 * quadratic form, between a common beginning and a common end); texts that differ in too many lines
 * are shown as replaced.
 */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    /** Comparisons of lines, 4 bytes each. */
    private static final int MOST_CELLS = 4_000_000;

    private record Line(char mark, String text) {}

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    private UnifiedDiff(String before, String after) {
        this.before = lines(before);
        this.after = lines(after);
    }

    /** Empty when they are equal. */
    static String between(String beforeName, String before, String afterName, String after) {
        if (before.equals(after)) {
            return "";
        }
        var diff = new UnifiedDiff(before, after);
        diff.compare();
        return "--- " + beforeName + "\n+++ " + afterName + "\n" + diff.hunks();
    }

    /** Each with its line feed; a last line without one says so, as it is a difference, too. */
    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int begin = 0;
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', begin)) {
            lines.add(text.substring(begin, feed + 1));
            begin = feed + 1;
        }
        if (begin < text.length()) {
            lines.add(text.substring(begin) + "\n\\ No newline at end of file\n");
        }
        return lines;
    }

    private void compare() {
        int most = Math.min(before.size(), after.size());
        int begin = 0;
        while (begin < most && before.get(begin).equals(after.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < most - begin
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        before.subList(0, begin).forEach(text -> lines.add(new Line(' ', text)));
        compare(
                before.subList(begin, before.size() - end),
                after.subList(begin, after.size() - end));
        before.subList(before.size() - end, before.size())
                .forEach(text -> lines.add(new Line(' ', text)));
    }

    private void compare(List<String> from, List<String> to) {
        if ((long) (from.size() + 1) * (to.size() + 1) > MOST_CELLS) {
            from.forEach(text -> lines.add(new Line('-', text)));
            to.forEach(text -> lines.add(new Line('+', text)));
            return;
        }
        var common = commonLines(from, to);
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
                lines.add(new Line(' ', from.get(i)));
                i++;
                j++;
            } else if (j == to.size()
                    || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', from.get(i++)));
            } else {
                lines.add(new Line('+', to.get(j++)));
            }
        }
    }

    /** How many lines the rests behind each pair of places have in common, in order. */
    private static int[][] commonLines(List<String> from, List<String> to) {
        var common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] =
                        from.get(i).equals(to.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private String hunks() {
        var hunks = new StringBuilder();
        int begin = nextChange(0);
        while (begin < lines.size()) {
            int first = Math.max(0, begin - CONTEXT);
            int last = begin; // behind the hunk's last change
            for (int next = begin;
                    next < lines.size() && next - last <= 2 * CONTEXT;
                    next = nextChange(last)) {
                last = next + 1;
            }
            int end = Math.min(lines.size(), last + CONTEXT);
            hunks.append(header(first, end));
            lines.subList(first, end)
                    .forEach(line -> hunks.append(line.mark()).append(line.text()));
            begin = nextChange(end);
        }
        return hunks.toString();
    }

    private int nextChange(int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark() == ' ') {
            at++;
        }
        return at;
    }

    private String header(int first, int end) {
        return "@@ -" + range('+', first, end) + " +" + range('-', first, end) + " @@\n";
    }

    /**
     * Where a hunk lies on one side.
     *
     * @param other mark of what only the other side has
     */
    private String range(char other, int first, int end) {
        long skipped = count(other, 0, first);
        long length = count(other, first, end);
        long start = length == 0 ? skipped : skipped + 1;
        return length == 1 ? Long.toString(start) : start + "," + length;
    }

    private long count(char other, int first, int end) {
        return lines.subList(first, end).stream().filter(line -> line.mark() != other).count();
    }
}
