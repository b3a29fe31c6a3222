package dev.orrery.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.TurnBook;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant DEADLINE = ManualTime.START.plus(Examples.PATIENCE);
    private static final UUID RUN = UUID.randomUUID();
    private static final UUID TURN = Examples.TURN;

    private final ManualTime time = new ManualTime();
    private final TurnBook turns = new TurnBook(time.clock());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Endings endings = new Endings(turns, time.clock(), meters);

    @BeforeEach
    void begin() {
        turns.add(Examples.openTurn(TURN));
        turns.begin(TURN, RUN).block();
    }

    @Test
    void givesTheRowAsItHasEnded() {
        // when
        var row = endings.store(TURN, failed(RUN), DEADLINE).block(PATIENCE);

        // then
        assertThat(row).isEqualTo(turns.row(TURN));
        assertThat(count("stored")).isEqualTo(1);
    }

    @Test
    void givesTheRowOfWhoeverWasFirst() {
        // given
        turns.finish(TURN, new Finish.Cancelled()).block();

        // when
        var row = endings.store(TURN, failed(RUN), DEADLINE).block(PATIENCE);

        // then
        assertThat(row).isEqualTo(turns.row(TURN));
        assertThat(count("already_ended")).isEqualTo(1);
    }

    @Test
    void countsTheArmOfATurnOnce() {
        // given
        var turn = UUID.randomUUID();
        turns.add(Examples.openTurnOf("warmth/a", turn));
        turns.begin(turn, RUN).block();

        // when
        endings.store(turn, failed(RUN), DEADLINE).block(PATIENCE);
        endings.store(turn, failed(RUN), DEADLINE).block(PATIENCE);

        // then
        assertThat(
                        meters.counter(
                                        "orrery.experiment.turns",
                                        "arm",
                                        "warmth/a",
                                        "outcome",
                                        "failed")
                                .count())
                .isEqualTo(1);
    }

    @Test
    void givesNothingWhenAnotherRunHoldsTheTurn() {
        // given
        turns.steal(TURN);

        // when
        var row = endings.store(TURN, failed(RUN), DEADLINE).blockOptional(PATIENCE);

        // then
        assertThat(row).isEmpty();
        assertThat(turns.row(TURN).ending()).isNull();
        assertThat(count("superseded")).isEqualTo(1);
    }

    @Test
    void asksAgainWhileTheDatabaseIsAway() {
        // given
        turns.failNext(2);

        // when
        var row = endings.store(TURN, failed(RUN), DEADLINE).block(PATIENCE);

        // then
        assertThat(row).isNotNull();
    }

    @Test
    void stopsAskingSomeTimeAfterTheDeadline() {
        // given
        turns.failNext(1);
        time.advance(Examples.PATIENCE.plusSeconds(30));

        // when / then
        assertThatThrownBy(() -> endings.store(TURN, failed(RUN), DEADLINE).block(PATIENCE))
                .isInstanceOf(StageFailure.Transient.class);
    }

    private double count(String verdict) {
        return meters.counter("orrery.llm.runs.ended", "verdict", verdict).count();
    }

    private static Finish failed(UUID run) {
        return new Finish.RunFailed(
                run, FailureCode.ALL_PROVIDERS_FAILED, TurnRow.Trail.NONE, 1, false, 0);
    }
}
