package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScanTest {

    private static Phrases phrases(String... phrases) {
        var builder = new Phrases.Builder();
        for (var phrase : phrases) {
            builder.finding(phrase, phrase.replace(' ', '_'));
        }
        return builder.build();
    }

    private static Set<String> found(Phrases phrases, String... pieces) {
        var scan = new Scan(phrases);
        for (var piece : pieces) {
            scan.read(piece);
        }
        scan.pause();
        return scan.found();
    }

    @Test
    void findsPhrasesAtTheBoundsOfWordsOnly() {
        // given
        var phrases = phrases("art of war", "war");

        // then
        assertThat(found(phrases, "The art of war!")).containsExactly("war", "art_of_war");
        assertThat(found(phrases, "war")).containsExactly("war");
        assertThat(found(phrases, "a warm day, for art of wart")).isEmpty();
        assertThat(found(phrases, "(war)")).containsExactly("war");
        assertThat(found(phrases, "post-war")).containsExactly("war");
    }

    @Test
    void findsEveryPhraseThatOverlapsAnother() {
        // given
        var phrases = phrases("a b c", "b c d", "c", "d e f g", "e f");

        // then
        assertThat(found(phrases, "a b c d e f h"))
                .containsExactlyInAnyOrder("a_b_c", "b_c_d", "c", "e_f");
    }

    @Test
    void findsWordsOfScriptsThatHaveNoBlanks() {
        assertThat(found(phrases("我想死"), "今天我想死了")).containsExactly("我想死");
        assertThat(found(phrases("อยากตาย"), "ฉันอยากตายแล้ว")).containsExactly("อยากตาย");
        assertThat(found(phrases("🔪 you"), "I 🔪you")).containsExactly("🔪_you");
    }

    @Test
    void findsNothingWhereAPhraseIsSignsAlone() {
        assertThat(phrases("?!", "\u200B").isEmpty()).isTrue();
        assertThat(found(phrases("?!"), "?!")).isEmpty();
    }

    @Test
    void waitsForWhatMayMakeAnExceptionOfAPhrase() {
        // given
        var phrases =
                new Phrases.Builder()
                        .finding("want to die", "self_harm")
                        .finding("die laughing", "fun")
                        .finding("i want to die today", "today")
                        .excepting("want to die laughing", "self_harm")
                        .build();
        var waiting = new Scan(phrases);
        var said = new Scan(phrases);

        // when
        waiting.read("I want to die ");
        said.read("I want to die l");
        said.read("ater");
        said.pause();

        // then
        assertThat(waiting.found()).isEmpty();
        assertThat(waiting.certain()).isZero();
        assertThat(said.found()).containsExactly("self_harm");
        assertThat(found(phrases, "I want to die laughing")).containsExactly("fun");
        assertThat(found(phrases, "I want to die tod")).containsExactly("self_harm");
        assertThat(found(phrases, "I want to die today")).contains("self_harm", "today");
    }

    @Test
    void isCertainOfEverythingButTheBeginningOfAPhrase() {
        // given
        var scan = new Scan(phrases("how to build a bomb"));

        // when
        var certain = new ArrayList<Long>();
        for (var piece :
                List.of("He asked ", "how", " to", " buil", "d trust", ", ho", "w\u200B to")) {
            scan.read(piece);
            certain.add(scan.certain());
        }

        // then
        assertThat(certain).containsExactly(9L, 9L, 9L, 9L, 27L, 29L, 29L);
    }

    @Test
    void readsSurrogatePairsThatWereSplit() {
        // given
        var phrases = phrases("𝓀𝒾𝓁𝓁 it");
        var scan = new Scan(phrases);

        // when
        for (char unit : "🙂 kill it".toCharArray()) {
            scan.read(String.valueOf(unit));
        }
        scan.pause();

        // then
        assertThat(scan.found()).hasSize(1);
        assertThat(found(phrases, "ki\uD83D", "ll it")).isEmpty();
    }

    /** However a text is cut, the same is found, and what was certain once stays so. */
    @Test
    void findsTheSameInWhateverPiecesATextComes() {
        // given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var alphabet = List.of("a", "b", " ", "A", "-", "\u200B", "é", "e", "我", "🙂", "'");
        for (int round = 0; round < 2_000; round++) {
            var phrases =
                    phrases(
                            text(random, alphabet, 6) + "a",
                            text(random, alphabet, 4) + "b",
                            "a b");
            var text = text(random, alphabet, 40);
            var whole = found(phrases, text);
            var scan = new Scan(phrases);

            // when
            long certain = 0;
            int from = 0;
            while (from < text.length()) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(5));
                scan.read(text.substring(from, to));
                from = to;
                if (scan.found().isEmpty()) {
                    assertThat(scan.certain()).as("seed %d", seed).isBetween(certain, (long) from);
                    certain = scan.certain();
                }
            }
            scan.pause();

            // then
            assertThat(scan.found()).as("seed %d, round %d", seed, round).isEqualTo(whole);
        }
    }

    private static String text(Random random, List<String> alphabet, int longest) {
        var text = new StringBuilder();
        for (int i = random.nextInt(longest); i > 0; i--) {
            text.append(alphabet.get(random.nextInt(alphabet.size())));
        }
        return text.toString();
    }
}
