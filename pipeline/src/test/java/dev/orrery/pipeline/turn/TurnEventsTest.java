package dev.orrery.pipeline.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.events.AttemptTrace;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.ToolCallTrace;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnEventsTest {

    @Test
    void beginsTheJourneyWithWhatTheRowSays() {
        // given
        var row = TurnExamples.OPEN;

        // when
        var requested = TurnEvents.requested(row);

        // then
        assertThat(requested.topic()).isEqualTo(Topics.CHAT_REQUESTS);
        assertThat(requested.key()).isEqualTo(TurnExamples.SESSION.toString());
        assertThat(requested.context().deadline()).isEqualTo(row.deadline());
        assertThat(requested.context().correlationId()).isEqualTo(TurnExamples.TURN.toString());
        assertThat(requested.value().getText()).isEqualTo("Will I be famous?");
        assertThat(requested.value().getTurn().getReplyPartition()).isEqualTo(7);
        assertThat(requested.value().getFacts())
                .extracting(fact ->
                        fact.getKind() + " " + fact.getIndispensable() + " " + fact.getFormat())
                .containsExactly("birth_chart true json", "weather false markdown");
    }

    @Test
    void givesTheSameIdsEachTimeAndDifferentOnesToDifferentEvents() {
        // given
        var row = TurnExamples.COMPLETED;

        // when
        var ids =
                Stream.of(
                                TurnEvents.requested(row),
                                TurnEvents.outcome(row),
                                TurnEvents.terminalReply(row),
                                TurnEvents.requested(row),
                                TurnEvents.outcome(row),
                                TurnEvents.terminalReply(row))
                        .map(event -> event.context().id())
                        .toList();

        // then
        assertThat(ids.subList(0, 3)).doesNotHaveDuplicates().isEqualTo(ids.subList(3, 6));
    }

    @Test
    void carriesTheTraceOfTheRequest() {
        // given
        var trace =
                TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .orElseThrow();

        // when
        var requested = TurnEvents.requested(TurnExamples.OPEN, trace);

        // then
        assertThat(requested.context().trace()).isEqualTo(trace);
    }

    @Test
    void tellsTheOutcomeOfACompletedTurn() {
        // given
        var row = TurnExamples.COMPLETED;

        // when
        var outcome = TurnEvents.outcome(row);

        // then
        assertThat(outcome.key()).isEqualTo(TurnExamples.WALLET.toString());
        assertThat(outcome.context().deadline()).as("a charge is booked however late").isNull();
        var value = outcome.value();
        assertThat(value.getState()).isEqualTo(OutcomeState.COMPLETED);
        assertThat(value.getText()).isEqualTo("Good day.");
        assertThat(value.getChargeMicros()).isEqualTo(5_000_000);
        assertThat(value.getFirstTokenMillis()).isEqualTo(450);
        assertThat(value.getUsage().getCachedInputTokens()).isEqualTo(100);
        assertThat(value.getUsage().getReasoningTokens()).isNull();
        assertThat(value.getAttempts())
                .extracting(attempt ->
                        attempt.getNumber() + " " + attempt.getRegion() + " " + attempt.getResult())
                .containsExactly("1 null rate_limited", "2 eu answered");
    }

    @Test
    void tellsWhatATurnTookBesideItsAnswer() {
        // given
        var row = TurnExamples.COMPLETED;

        // when
        var outcome = TurnEvents.outcome(row).value();

        // then
        assertThat(outcome.getCostUsdMicros()).isEqualTo(712);
        assertThat(outcome.getAttempts())
                .extracting(AttemptTrace::getCostUsdMicros)
                .as("a row of an older version says nothing of it")
                .containsExactly(null, 712L);
        assertThat(outcome.getToolCalls())
                .singleElement()
                .returns("get_weather", ToolCallTrace::getName)
                .returns("{\"place\": \"Pune\"}", ToolCallTrace::getArguments)
                .returns(null, ToolCallTrace::getResult)
                .returns("timed_out", ToolCallTrace::getOutcome);
        assertThat(outcome.getMarks()).containsExactly("crisis");
    }

    @Test
    void endsACompletedReplyBehindItsRestartItsDeltasAndItsCallsForTools() {
        // given
        var row = TurnExamples.COMPLETED;

        // when
        var terminal = TurnEvents.terminalReply(row);

        // then
        assertThat(terminal.partition()).isEqualTo(7);
        assertThat(terminal.key()).isEqualTo(TurnExamples.TURN.toString());
        var value = terminal.value();
        assertThat(value.getKind()).isEqualTo(ReplyKind.COMPLETED);
        assertThat(value.getEpoch()).isEqualTo(101);
        assertThat(value.getSequence()).isEqualTo(5);
        assertThat(value.getText()).isEqualTo("Good day.");
        assertThat(value.getEnding().getFinishReason()).isEqualTo("stop");
        assertThat(value.getEnding().getMessage()).isNull();
    }

    @Test
    void tellsAFailureInWordsThatCarryNothingOfAProvider() {
        // given
        var row = TurnExamples.FAILED;

        // when
        var terminal = TurnEvents.terminalReply(row).value();

        // then
        assertThat(terminal.getKind()).isEqualTo(ReplyKind.FAILED);
        assertThat(terminal.getText()).isNull();
        assertThat(terminal.getEnding().getCode()).isEqualTo("deadline_exceeded");
        assertThat(terminal.getEnding().getMessage())
                .isEqualTo(FailureCode.DEADLINE_EXCEEDED.message());
    }

    @Test
    void tellsACancelledTurnAsFailedWithItsOwnCode() {
        // given
        var row = TurnExamples.CANCELLED;

        // when
        var terminal = TurnEvents.terminalReply(row).value();

        // then
        assertThat(terminal.getKind()).isEqualTo(ReplyKind.FAILED);
        assertThat(terminal.getEnding().getCode()).isEqualTo(FailureCode.CANCELLED.code());
        assertThat(TurnEvents.outcome(row).value().getState()).isEqualTo(OutcomeState.CANCELLED);
    }

    @Test
    void refusesToEndATurnThatIsOpen() {
        // given
        var row = TurnExamples.OPEN;

        // when / then
        assertThatThrownBy(() -> TurnEvents.outcome(row))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TurnEvents.terminalReply(row))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void announcesAStageAtItsOwnPlaceAndTheSameEachTime() {
        // given
        var cause = TurnEvents.requested(TurnExamples.OPEN);

        // when
        var reached = Progress.reached(ReplyStage.PROMPT, cause.value().getTurn(), cause);

        // then
        assertThat(reached)
                .isEqualTo(Progress.reached(ReplyStage.PROMPT, cause.value().getTurn(), cause));
        assertThat(reached.partition()).isEqualTo(7);
        assertThat(reached.value().getKind()).isEqualTo(ReplyKind.PROGRESS);
        assertThat(reached.value().getEpoch()).isZero();
        assertThat(reached.value().getSequence()).isEqualTo(2);
        assertThat(reached.value().getStage()).isEqualTo("prompt");
    }
}
