package dev.orrery.simulator.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedReplyTest {

    private static final String CHART =
            """
            You are talking with Asha. This is her birth chart:

            ### Kundli Data

            **Ascendant**: Leo

            **Planetary Positions**:
            - Sun: Leo 4.11°, house 1, Magha pada 2
            - Moon: Cancer 3.98°, house 12, Pushya pada 1

            **Current Dasha**: Saturn / Mercury
            """;

    @Test
    void saysThatItIsSimulatedAndWhatWasAsked() {
        assertThat(text(ask("", "Where is my Moon?")))
                .startsWith("(simulated) you ask: “Where is my Moon?”");
    }

    @Test
    void isTheSameForTheSameConversationAndAnotherForAnother() {
        // when
        String reply = text(ask(CHART, "Will I move abroad?"));

        // then
        assertThat(text(ask(CHART, "Will I move abroad?"))).isEqualTo(reply);
        assertThat(text(ask(CHART, "Will I move abroad soon?"))).isNotEqualTo(reply);
        assertThat(text(ask(CHART.replace("Leo", "Virgo"), "Will I move abroad?")))
                .isNotEqualTo(reply);
    }

    @Test
    void usesTheFactsOfTheInstruction() {
        // when
        String reply = new SimulatedReply(ask(CHART, "What about my career?")).text(600);

        // then
        assertThat(reply)
                .contains("Asha,")
                .contains("Leo rising")
                .contains("Moon in Cancer")
                .contains("running Saturn period")
                .contains("Mercury colours")
                .contains("work")
                .doesNotContain("No chart");
    }

    @Test
    void saysSoWhenThereIsNoChart() {
        // when
        String reply = new SimulatedReply(ask("Be brief.", "Hello?")).text(400);

        // then
        assertThat(reply).contains("No chart came with it").doesNotContain("rising", "period");
    }

    @Test
    void remembersHowMuchWasAskedBefore() {
        // given
        Conversation conversation =
                new Conversation(
                        "",
                        List.of(
                                said(true, "First?"),
                                said(false, "Yes."),
                                said(true, "Second?"),
                                said(false, "No."),
                                said(true, "Third?")));

        // then
        assertThat(text(conversation)).contains("“Third?”", "I have 2 earlier questions");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 49, 50, 51, 1_000})
    void hasAsManyPiecesAsAreWantedAndEndsLikeASentence(int count) {
        // when
        List<String> pieces = new SimulatedReply(ask(CHART, "What now?")).pieces(count).toList();

        // then
        assertThat(pieces).hasSize(count).noneMatch(String::isBlank);
        assertThat(pieces.getLast()).matches(".*[.?]");
        assertThat(Pieces.count(String.join("", pieces))).isEqualTo(count);
    }

    @Test
    void quotesNoMoreThanALineOfALongQuestion() {
        // when
        String reply = text(ask("", "word ".repeat(5_000) + "\n" + "x".repeat(100_000)));

        // then
        assertThat(reply).hasSizeLessThan(1_500).contains("word…”").doesNotContain("\n");
    }

    @Test
    void cutsAQuestionBetweenCharacters() {
        // when
        String reply = text(ask("", "🪐".repeat(500)));

        // then
        assertThat(reply).contains("🪐…”");
        assertThat(reply.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    @Test
    void neverTakesTheWordsOfAUserForSlots() {
        assertThat(text(ask(CHART, "{ascendant} {major} $1 \\x")))
                .contains("“{ascendant} {major} $1 \\x”");
    }

    /** Searching such a text from each of its letters would take hours. */
    @Test
    @Timeout(20)
    void readsAMountainOfBlanksAtOnce() {
        assertThat(text(ask(" ".repeat(2_000_000), "a" + " ".repeat(2_000_000)))).contains("“a”");
    }

    @Test
    void saysSoWhenNothingWasAsked() {
        assertThat(text(new Conversation("", List.of()))).contains("nothing was asked");
    }

    @Test
    void countsPiecesAsItCutsThem() {
        // given
        String text = "\tOne  two\u00a0three,\r\nfour \u2003 five ";

        // then
        assertThat(Pieces.count(text)).isEqualTo((int) Pieces.of(text).count());
        assertThat(Pieces.of(text).collect(Collectors.joining())).isEqualTo(text.stripTrailing());
    }

    private static Conversation ask(String instruction, String question) {
        return new Conversation(instruction, List.of(said(true, question)));
    }

    private static Conversation.Message said(boolean byUser, String text) {
        return new Conversation.Message(byUser, text);
    }

    private static String text(Conversation conversation) {
        SimulatedReply reply = new SimulatedReply(conversation);
        return reply.text(reply.length());
    }
}
