package dev.orrery.ingest.admin.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    private static String diff(String before, String after) {
        return UnifiedDiff.between("a", before, "b", after);
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> i + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void isNothingForEqualTexts() {
        assertThat(diff("", "")).isEmpty();
        assertThat(diff("a\nb", "a\nb")).isEmpty();
    }

    /** As {@code diff -u} writes it. */
    @Test
    void showsAChangeWithThreeLinesAroundIt() {
        assertThat(diff(lines(1, 9), lines(1, 4) + "five\n" + lines(6, 9)))
                .isEqualTo(
                        """
                        --- a
                        +++ b
                        @@ -2,7 +2,7 @@
                         2
                         3
                         4
                        -5
                        +five
                         6
                         7
                         8
                        """);
    }

    @Test
    void joinsChangesThatAreNearAndPartsThoseThatAreNot() {
        // when
        var near = diff(lines(1, 20), lines(2, 7) + lines(9, 20));
        var far = diff(lines(1, 20), lines(2, 19));

        // then
        assertThat(near.lines().filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -1,11 +1,9 @@");
        assertThat(far.lines().filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -1,4 +1,3 @@", "@@ -17,4 +16,3 @@");
    }

    @Test
    void tellsWhereAFileBeginsAndEnds() {
        assertThat(diff("", "a\n")).isEqualTo("--- a\n+++ b\n@@ -0,0 +1 @@\n+a\n");
        assertThat(diff("a\n", "")).isEqualTo("--- a\n+++ b\n@@ -1 +0,0 @@\n-a\n");
        assertThat(diff("a\n", "a"))
                .isEqualTo("--- a\n+++ b\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n");
    }

    /** Whatever the texts: with its lines, one text becomes the other. */
    @RepeatedTest(50)
    void turnsOneTextIntoTheOther() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var chance = new Random(seed);
        var before = text(chance);
        var after = text(chance);

        // when
        var diff = diff(before, after);

        // then
        assertThat(String.join("\n", applied(diff, before.lines().toList())))
                .isEqualTo(after.lines().collect(Collectors.joining("\n")));
    }

    private static String text(Random chance) {
        return IntStream.range(0, chance.nextInt(40))
                .mapToObj(i -> chance.nextInt(6) + "\n")
                .collect(Collectors.joining());
    }

    /** Applies hunks as {@code patch} does. */
    private static List<String> applied(String diff, List<String> before) {
        var after = new ArrayList<String>();
        int at = 0; // lines of the text before that are done
        for (var line : diff.lines().skip(2).toList()) {
            if (line.startsWith("@@")) {
                var range = line.split(" ")[1].substring(1).split(",");
                boolean isEmpty = range.length == 2 && range[1].equals("0");
                int first = Integer.parseInt(range[0]) - (isEmpty ? 0 : 1);
                after.addAll(before.subList(at, first));
                at = first;
                continue;
            }
            if (line.charAt(0) != '+') {
                assertThat(before.get(at++)).isEqualTo(line.substring(1));
            }
            if (line.charAt(0) != '-') {
                after.add(line.substring(1));
            }
        }
        after.addAll(before.subList(at, before.size()));
        return after;
    }

    @Test
    void showsTextsThatDifferInTooManyLinesAsReplaced() {
        // when
        var diff = diff(lines(1, 3_000), lines(4_001, 7_000));

        // then
        assertThat(diff.lines().skip(2).findFirst()).contains("@@ -1,3000 +1,3000 @@");
    }
}
