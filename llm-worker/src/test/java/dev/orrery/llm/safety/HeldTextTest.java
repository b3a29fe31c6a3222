package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.ChainEvent;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holding back loses nothing, turns nothing around and says nothing twice. */
class HeldTextTest {

    private static final Phrases PHRASES =
            new Phrases.Builder()
                    .finding("how to build a bomb", "violence")
                    .finding("build a", "building")
                    .finding("trust me", "trust")
                    .build();

    private static String added(HeldText held, String text) {
        return text(held.add(new ChainEvent.Text(text)));
    }

    private static String text(List<ChainEvent> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(((ChainEvent.Text) event).text()));
        return text.toString();
    }

    @Test
    void letsTextGoAtOnceThatCannotBeTheBeginningOfAPhrase() {
        // given
        var held = new HeldText(PHRASES, false);

        // then
        assertThat(added(held, "Namaste")).isEqualTo("Namaste");
        assertThat(added(held, " Asha, ho")).isEqualTo(" Asha, ");
        assertThat(added(held, "w are")).isEqualTo("how are");
        assertThat(added(held, " you? I tr")).isEqualTo(" you? I ");
        assertThat(text(held.pause())).isEqualTo("tr");
        assertThat(held.ruling()).isEqualTo(new Ruling.Passed());
    }

    @Test
    void showsNothingOfAPhraseThatIsFound() {
        // given
        var held = new HeldText(PHRASES, false);

        // when
        var shown =
                added(held, "Of course: HOW ")
                        + added(held, "to buil")
                        + added(held, "d, a bomb")
                        + added(held, "? Take");

        // then
        assertThat(shown).isEqualTo("Of course: ");
        assertThat(held.ruling()).isEqualTo(new Ruling.Found("building"));
        assertThat(held.pause()).isEmpty();
    }

    @Test
    void beginsWithAVisibleCharacterAlsoWhereWhatFollowsIsHeld() {
        // given
        var held = new HeldText(PHRASES, false);

        // then
        assertThat(added(held, "\n how")).isEmpty();
        assertThat(added(held, "ever")).isEqualTo("\n however");
    }

    @Test
    void holdsNoMoreThanItsBound() {
        // given
        var held = new HeldText(PHRASES, false);
        var drawnOut = "how" + " ".repeat(3 * HeldText.MOST_HELD);

        // when
        var shown = added(held, drawnOut);

        // then
        assertThat(shown).hasSize(drawnOut.length() - HeldText.MOST_HELD);
        assertThat(shown + added(held, "are you")).isEqualTo(drawnOut + "are you");
    }

    @Test
    void holdsEverythingWhereItIsToBeJudgedFirst() {
        // given
        var held = new HeldText(Phrases.NONE, true);

        // then
        assertThat(added(held, "Good ")).isEmpty();
        assertThat(added(held, "day.")).isEmpty();
        assertThat(held.pause()).isEmpty();
        assertThat(held.text()).isEqualTo("Good day.");
        assertThat(text(held.everything())).isEqualTo("Good day.");
    }

    @Test
    void losesAndTurnsAndRepeatsNothingHoweverTheTextComes() {
        // given
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var words =
                List.of(
                        "how", "to", "build", "a", "bom", "trust", "me!", "🙂", "नमस्ते", "Émile",
                        "\u200B");
        for (int round = 0; round < 1_000; round++) {
            var text = new StringBuilder("Well");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(random.nextInt(9) == 0 ? "\n" : " ")
                        .append(words.get(random.nextInt(words.size())));
            }
            var held = new HeldText(PHRASES, false);
            var shown = new StringBuilder();

            // when
            for (int from = 0; from < text.length() && !held.isFound(); ) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(6));
                shown.append(added(held, text.substring(from, to)));
                from = to;
            }
            shown.append(text(held.pause()));

            // then
            var because = "seed %d, round %d".formatted(seed, round);
            if (held.isFound()) {
                assertThat(text.toString()).as(because).startsWith(shown.toString());
                assertThat(shown.toString().toLowerCase(Locale.ROOT))
                        .as(because)
                        .doesNotContain("build a ", "trust me");
            } else {
                assertThat(shown.toString()).as(because).isEqualTo(text.toString());
            }
        }
    }
}
