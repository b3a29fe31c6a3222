package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.leases.LiveRun.StopReason;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.scripted.Script;
import dev.orrery.pipeline.turn.Finish;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who holds a turn, and what a run does that has lost it. */
class LlmFlowLeasesTest extends LlmFlowBench {

    @Test
    void waitsForALiveRunAndTellsWhatItStored() {
        // given
        model =
                model(
                        Script.nothing()
                                .text("Good")
                                .pause(Duration.ofSeconds(20))
                                .text(" day.")
                                .finish(FinishReason.STOP));
        var first = handle();
        var second = handle();
        time.advance(Duration.ofSeconds(14));
        boolean before = second.isDone();

        // when
        time.advance(Duration.ofSeconds(7));

        // then
        assertThat(before).isFalse();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(model.prompts()).hasSize(1);
    }

    @Test
    void continuesInHigherEpochsWhereADeadRunLeftOff() {
        // given
        turns.steal(TURN);
        var handled = handle();
        time.advance(TurnBook.LEASE.minusMillis(300));
        var before = replies();

        // when
        time.advance(Duration.ofSeconds(1));

        // then
        assertThat(before).containsExactly("0/3 PROGRESS llm");
        assertThat(handled).isCompleted();
        assertThat(replies())
                .containsExactly(
                        "0/3 PROGRESS llm",
                        "101/0 RESTARTED 101",
                        "101/1 DELTA Good ",
                        "101/2 DELTA day.",
                        "101/3 COMPLETED Good day.");
    }

    @Test
    void finishesItsAnswerWhenItsRecordIsTakenAway() {
        // given
        model = model(slow());
        var subscription = flow().handle(prompt()).subscribe();

        // when
        subscription.dispose();
        time.advance(Duration.ofSeconds(20));

        // then
        assertThat(model.cancelled()).isZero();
        assertThat(turns.row(TURN).ending()).isNotNull();
        assertThat(replies()).last().isEqualTo("1/2 COMPLETED Good day.");
    }

    @Test
    void keepsItsLeaseForAsLongAsItAnswers() {
        // given
        model = model(Script.nothing().text("Good").silence());
        handle();

        // when
        time.advance(Duration.ofSeconds(14));

        // then
        assertThat(turns.isLeased(TURN)).isTrue();
    }

    @Test
    void notesTheFirstVisibleTextInTheRowAtOnce() {
        // given
        model = model(Script.nothing().pause(Duration.ofMillis(100)).text("Good").silence());
        handle();
        var before = turns.delivered(TURN);

        // when
        time.advance(Duration.ofMillis(100));

        // then
        assertThat(before).isZero();
        assertThat(turns.delivered(TURN)).isPositive();
    }

    @Test
    void breaksItsCallOffWhenTheTurnIsCancelled() {
        // given
        model = model(Script.nothing().text("Good").silence());
        var handled = handle();
        turns.finish(TURN, new Finish.Cancelled()).block();

        // when
        live.stop(TURN, StopReason.CANCELLED);

        // then
        assertThat(model.cancelled()).isEqualTo(1);
        assertThat(handled).isCompleted();
        assertThat(replies()).last().isEqualTo("101/0 FAILED cancelled");
    }

    @Test
    void noticesAtItsNextRenewalThatItHasLostTheTurn() {
        // given
        model = model(Script.nothing().text("Good").silence());
        handle();
        turns.steal(TURN);

        // when
        time.advance(TurnBook.LEASE.dividedBy(3));

        // then
        assertThat(model.cancelled()).isEqualTo(1);
        assertThat(live.count()).isZero();
    }

    @Test
    void saysNothingMoreAsAZombieAndWaitsForTheOther() {
        // given
        model = model(slow());
        renewal.stop();
        var handled = handle();
        turns.steal(TURN);

        // when
        time.advance(Duration.ofSeconds(4));

        // then
        assertThat(turns.row(TURN).ending()).isNull();
        assertThat(handled).isNotDone();
        assertThat(replies()).noneMatch(reply -> reply.contains("COMPLETED"));
    }
}
