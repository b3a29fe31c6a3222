package dev.orrery.llm.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.TurnBook;
import dev.orrery.llm.leases.LiveRun.StopReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeaseReleaseTest {

    private final ManualTime time = new ManualTime();
    private final TurnBook turns = new TurnBook(time.clock());
    private final LiveRuns runs = new LiveRuns(new SimpleMeterRegistry());
    private final LeaseRelease release = new LeaseRelease(runs, turns);

    @Test
    void breaksAllRunsOff() {
        // given
        var turn = UUID.randomUUID();
        turns.add(Examples.openTurn(turn));
        var stopped = runs.add(turn, UUID.randomUUID(), 1).stopped().toFuture();

        // when
        release.giveUpAll();

        // then
        assertThat(stopped).isCompletedWithValue(StopReason.SHUT_DOWN);
    }

    @Test
    void doesNotFailAStopWhenTheDatabaseIsAway() {
        // given
        var turn = UUID.randomUUID();
        turns.add(Examples.openTurn(turn));
        runs.add(turn, UUID.randomUUID(), 1);
        turns.failNext(1);

        // when / then
        assertThatCode(release::giveUpAll).doesNotThrowAnyException();
    }
}
