package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.prompt.revisions.Chain;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.revisions.Timeouts;
import dev.orrery.prompt.template.Template;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bytes, four to a token. */
class HistoryBudgetTest {

    private static Revision revision(String template, int promptTokenLimit) {
        return new Revision(
                Template.of(template),
                new Chain(ChainWish.of("openai", "m", 0), Timeouts.DEFAULT),
                20,
                promptTokenLimit,
                null,
                null,
                null,
                100);
    }

    private static ContextAssembled context(String text, Fact... facts) {
        var turn = Contexts.turn(UUID.randomUUID(), UUID.randomUUID()).build();
        return Contexts.of(turn, text, facts).value();
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
    void isWhatTheTemplateTheFactsAndTheMessageLeave() {
        assertThat(HistoryBudget.bytes(revision("0123456789", 100), context("12345", chart("123"))))
                .isEqualTo(400 - 10 - 5 - 3);
    }

    @Test
    void countsBytesAndNotCharacters() {
        assertThat(HistoryBudget.bytes(revision("मी", 100), context("मी", chart("मी"))))
                .isEqualTo(400 - 3 * 6);
    }

    @Test
    void countsTwiceWhatTheTemplateWritesOut() {
        assertThat(HistoryBudget.bytes(revision("{{user_message}}", 100), context("12345")))
                .isEqualTo(400 - 16 - 2 * 5);
        assertThat(HistoryBudget.bytes(revision("{{conversation_history}}", 100), context("12")))
                .isEqualTo((400 - 24 - 2) / 2);
    }

    @Test
    void isNeverBelowNothing() {
        assertThat(HistoryBudget.bytes(revision("", 1), context("12345"))).isZero();
    }

    @Test
    void leavesRoomInARecordHoweverMuchTheRevisionAllows() {
        assertThat(HistoryBudget.bytes(revision("", Integer.MAX_VALUE), context("1")))
                .isEqualTo(HistoryBudget.MOST_BYTES);
    }
}
