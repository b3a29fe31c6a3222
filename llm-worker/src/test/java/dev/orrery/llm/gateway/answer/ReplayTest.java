package dev.orrery.llm.gateway.answer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.gateway.request.Generation.Question;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Step STEP = new Step("gemini", "flash", null, 0, Limits.USUAL);
    private static final Question QUESTION =
            new Question(
                    new Conversation(
                            "",
                            List.of(new Conversation.Message(Conversation.Role.USER, "Well?")),
                            0.0,
                            null,
                            null,
                            100),
                    List.of(STEP),
                    Duration.ofSeconds(9),
                    Conduct.DEFAULT);

    /** What a chain has told, as it is kept. */
    private static Outcome.Answered kept(ModelChunk.@Nullable Usage usage, CallTrace... calls) {
        var collector = new AnswerCollector(QUESTION);
        collector.add(new ChainEvent.CallBegan(1, STEP, false));
        collector.add(new ChainEvent.Text("One moment."));
        collector.add(
                new ChainEvent.ToolFragment(
                        new ModelChunk.ToolFragment(0, "c-1", "now", "{}", "signed")));
        var end =
                new ChainEvent.Answered(
                        STEP, FinishReason.TOOL, usage, Instant.EPOCH, List.of(calls));
        return (Outcome.Answered) requireNonNull(collector.add(end));
    }

    private static CallTrace call(int number, String result) {
        return new CallTrace(number, "gemini", "flash", null, result, null, 0, null);
    }

    private static Outcome outcome(List<ChainEvent> events) {
        var collector = new AnswerCollector(QUESTION);
        @Nullable Outcome outcome = null;
        for (var event : events) {
            outcome = collector.add(event);
        }
        return requireNonNull(outcome);
    }

    @Test
    void comesToTheSameAnswerAgain() {
        // given
        var kept =
                kept(
                        new ModelChunk.Usage(31, 4, 2L, null),
                        call(1, "overloaded"),
                        call(2, "answered"));

        // when
        var outcome = outcome(Replay.of(kept, QUESTION, Instant.EPOCH));

        // then
        assertThat(outcome).isEqualTo(kept);
        assertThat(kept.toolCalls()).containsExactly(new ToolCall("c-1", "now", "{}", "signed"));
    }

    @Test
    void comesToTheSameEstimateWhereNothingWasStated() {
        // given
        var kept = kept(null, call(1, "answered"));

        // when
        var outcome = outcome(Replay.of(kept, QUESTION, Instant.EPOCH));

        // then
        assertThat(kept.usage().estimated()).isTrue();
        assertThat(outcome).isEqualTo(kept);
    }

    /** A call that was made beside the one that has answered may have been the later one. */
    @Test
    void saysWhichCallHasAnsweredWhereTwoWereMadeAtOnce() {
        // given
        var kept = kept(null, call(1, "answered"), call(2, "lost_to_hedge"));

        // when
        var events = Replay.of(kept, QUESTION, Instant.EPOCH);

        // then
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        ChainEvent.CallBegan.class,
                        began -> assertThat(began.number()).isEqualTo(1));
    }
}
