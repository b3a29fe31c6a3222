package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.ValueRules;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Bytes, four to a token. */
class HistoryWindowTest {

    private static long bytes(String template, long limit, String message, Fact... facts) {
        return window(PromptOptions.NONE, template, limit, message, facts).mostBytes();
    }

    private static HistoryWindow window(
            PromptOptions options, String template, long limit, String message, Fact... facts) {
        return HistoryWindow.of(
                Prompt.of(PromptKind.TEMPLATE, template),
                options,
                20,
                limit,
                message,
                List.of(facts));
    }

    private static Fact chart(String text) {
        return Fact.newBuilder()
                .setKind("birth_chart")
                .setState(FactState.FRESH)
                .setLayer(CacheLayer.API)
                .setText(text)
                .build();
    }

    @Test
    void isWhatThePromptTheFactsAndTheMessageLeave() {
        assertThat(bytes("0123456789", 100, "12345", chart("123"))).isEqualTo(400 - 10 - 5 - 3);
    }

    @Test
    void countsBytesAndNotCharacters() {
        assertThat(bytes("मी", 100, "मी", chart("मी"))).isEqualTo(400 - 3 * 6);
    }

    @Test
    void countsTwiceWhatThePromptWritesOut() {
        assertThat(bytes("{{user_message}}", 100, "12345")).isEqualTo(400 - 16 - 2 * 5);
        assertThat(bytes("{{conversation_history}}", 100, "12")).isEqualTo((400 - 24 - 2) / 2);
    }

    @Test
    void isNeverBelowNothing() {
        assertThat(bytes("", 1, "12345")).isZero();
        assertThat(window(PromptOptions.NONE, "", 1, "12345").isClosed()).isTrue();
    }

    @Test
    void leavesRoomInARecordHoweverMuchTheRevisionAllows() {
        assertThat(bytes("", Integer.MAX_VALUE, "1")).isEqualTo(HistoryWindow.MOST_BYTES);
    }

    @Test
    void isNoWiderThanTheRevisionSays() {
        // given
        var ten = new PromptOptions(ValueRules.NONE, OptionalLong.of(10), List.of());
        var none = new PromptOptions(ValueRules.NONE, OptionalLong.of(0), List.of());

        // then
        assertThat(window(ten, "", 1_000, "Hi").mostBytes()).isEqualTo(40);
        assertThat(window(none, "", 1_000, "Hi").isClosed()).isTrue();
    }

    @Test
    void holdsTheNewestTurnsWhole() {
        // given
        var first = new Exchange("1234", "1234");
        var second = new Exchange("12", "12");
        var third = new Exchange("1", "1");
        var all = List.of(first, second, third);

        // then
        assertThat(new HistoryWindow(2, 1_000).of(all)).containsExactly(second, third);
        assertThat(new HistoryWindow(9, 6).of(all)).containsExactly(second, third);
        assertThat(new HistoryWindow(9, 13).of(all)).containsExactly(second, third);
        assertThat(new HistoryWindow(9, 14).of(all)).containsExactly(first, second, third);
        assertThat(new HistoryWindow(0, 14).of(all)).isEmpty();
        assertThat(new HistoryWindow(9, 1).of(all)).isEmpty();
    }
}
