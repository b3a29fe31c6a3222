package dev.orrery.llm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.pipeline.turn.TurnRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An experiment can be watched while it runs, and metrics do not grow with experiments. */
class ArmMetersTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ArmMeters arms = new ArmMeters(meters);

    @Test
    void tellOutcomesAndFirstTokensByArm() {
        // when
        arms.ended(turn("warmth/a", TurnRow.State.COMPLETED, ManualTime.START.plusMillis(300)));
        arms.ended(turn("warmth/a", TurnRow.State.COMPLETED, ManualTime.START.plusMillis(500)));
        arms.ended(turn("warmth/a", TurnRow.State.FAILED, null));
        arms.ended(turn("warmth/b", TurnRow.State.FAILED, null));

        // then
        assertThat(turns("warmth/a", "completed")).isEqualTo(2);
        assertThat(turns("warmth/a", "failed")).isEqualTo(1);
        assertThat(turns("warmth/b", "failed")).isEqualTo(1);
        var firstToken = meters.get("orrery.experiment.first.token").tag("arm", "warmth/a").timer();
        assertThat(firstToken.count()).isEqualTo(2);
        assertThat(firstToken.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(800);
        assertThat(meters.find("orrery.experiment.first.token").tag("arm", "warmth/b").timer())
                .isNull();
    }

    @Test
    void countApartWhoWasHelpedInsteadOfAnswered() {
        // given
        var marked = new TurnRow.Trail(null, "[]", null, "[]", List.of("crisis"));

        // when
        arms.ended(turn("warmth/a", TurnRow.State.COMPLETED, ManualTime.START, marked));

        // then
        assertThat(turns("warmth/a", "crisis")).isEqualTo(1);
        assertThat(meters.find("orrery.experiment.turns").counters()).hasSize(1);
        assertThat(meters.find("orrery.experiment.first.token").timer()).isNull();
    }

    @Test
    void leaveOutWhoIsInNoExperiment() {
        // when
        arms.ended(turn(null, TurnRow.State.COMPLETED, ManualTime.START));

        // then
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void tellNoMoreArmsApartThanAHundred() {
        // when
        for (int i = 0; i < 110; i++) {
            arms.ended(turn("trial-" + i + "/a", TurnRow.State.FAILED, null));
        }
        arms.ended(turn("trial-7/a", TurnRow.State.FAILED, null));

        // then
        assertThat(turns("trial-7/a", "failed")).isEqualTo(2);
        assertThat(turns(ArmMeters.OTHER, "failed")).isEqualTo(10);
        assertThat(meters.find("orrery.experiment.turns").counters()).hasSize(101);
    }

    private double turns(String arm, String outcome) {
        return meters.get("orrery.experiment.turns")
                .tag("arm", arm)
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static TurnRow turn(
            @Nullable String arm, TurnRow.State state, @Nullable Instant firstTokenAt) {
        return turn(arm, state, firstTokenAt, TurnRow.Trail.NONE);
    }

    private static TurnRow turn(
            @Nullable String arm,
            TurnRow.State state,
            @Nullable Instant firstTokenAt,
            TurnRow.Trail trail) {
        var open = Examples.openTurn(Examples.TURN);
        return new TurnRow(
                open.turnId(),
                open.sessionId(),
                open.userId(),
                open.walletId(),
                open.botId(),
                open.sequence(),
                open.revisionId(),
                arm,
                open.profileVersion(),
                open.facts(),
                open.requestText(),
                open.acceptedAt(),
                open.deadline(),
                open.replyPartition(),
                open.replyOffset(),
                open.runNumber(),
                open.currency(),
                new TurnRow.Ending(
                        state,
                        null,
                        null,
                        trail,
                        firstTokenAt,
                        0,
                        1,
                        false,
                        List.of(),
                        open.acceptedAt()));
    }
}
