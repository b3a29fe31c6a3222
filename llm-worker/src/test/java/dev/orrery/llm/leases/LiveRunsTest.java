package dev.orrery.llm.leases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.leases.LiveRun.StopReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveRunsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveRuns runs = new LiveRuns(meters);
    private final UUID turn = UUID.randomUUID();

    @Test
    void stopsTheOlderRunOfATurnThatIsTakenOverHere() {
        // given
        var older = runs.add(turn, UUID.randomUUID(), 1);
        var stopped = older.stopped().toFuture();

        // when
        runs.add(turn, UUID.randomUUID(), 1);

        // then
        assertThat(stopped).isCompletedWithValue(StopReason.LEASE_LOST);
        assertThat(runs.count()).isEqualTo(1);
    }

    @Test
    void keepsTheYoungerRunWhenTheOlderOneEnds() {
        // given
        var older = runs.add(turn, UUID.randomUUID(), 1);
        var younger = runs.add(turn, UUID.randomUUID(), 1);

        // when
        runs.remove(older);

        // then
        assertThat(runs.all()).containsExactly(younger);
    }

    @Test
    void remembersThatARunWasStoppedBeforeItListened() {
        // given
        var run = runs.add(turn, UUID.randomUUID(), 1);

        // when
        runs.stop(turn, StopReason.CANCELLED);

        // then
        assertThat(run.stopped().toFuture()).isCompletedWithValue(StopReason.CANCELLED);
    }

    @Test
    void passesOverTurnsThatRunElsewhere() {
        // given
        var run = runs.add(turn, UUID.randomUUID(), 1);

        // when
        runs.stop(UUID.randomUUID(), StopReason.CANCELLED);

        // then
        assertThat(run.stopped().toFuture()).isNotDone();
    }

    @Test
    void showsHowManyRunsAreAlive() {
        // given
        runs.add(turn, UUID.randomUUID(), 1);

        // when
        var gauge = meters.get("orrery.llm.runs").gauge().value();

        // then
        assertThat(gauge).isEqualTo(1);
    }
}
