package dev.orrery.llm.leases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.Examples;
import dev.orrery.llm.ManualTime;
import dev.orrery.llm.TurnBook;
import dev.orrery.llm.leases.LiveRun.StopReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseRenewalTest {

    private static final Duration INTERVAL = TurnBook.LEASE.dividedBy(3);

    private final ManualTime time = new ManualTime();
    private final TurnBook turns = new TurnBook(time.clock());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveRuns runs = new LiveRuns(meters);
    private final LeaseRenewal renewal =
            new LeaseRenewal(runs, turns, TurnBook.LEASE, time.ticker());
    private final List<StopReason> stops = new ArrayList<>();

    @BeforeEach
    void begin() {
        renewal.start();
    }

    @AfterEach
    void end() {
        renewal.stop();
    }

    @Test
    void keepsTheLeasesOfAllLiveRuns() {
        // given
        var first = began();
        var second = began();

        // when
        time.advance(TurnBook.LEASE.multipliedBy(3));

        // then
        assertThat(turns.isLeased(first.turn())).isTrue();
        assertThat(turns.isLeased(second.turn())).isTrue();
        assertThat(stops).isEmpty();
    }

    @Test
    void letsALeaseLapseWhoseRunHasEnded() {
        // given
        var run = began();
        time.advance(INTERVAL);

        // when
        runs.remove(run);
        time.advance(TurnBook.LEASE);

        // then
        assertThat(turns.isLeased(run.turn())).isFalse();
    }

    @Test
    void stopsTheRunThatHasLostItsLeaseAndNoOther() {
        // given
        var loser = began();
        var other = began();
        turns.steal(loser.turn());

        // when
        time.advance(INTERVAL);

        // then
        assertThat(stops).containsExactly(StopReason.LEASE_LOST);
        assertThat(turns.isLeased(other.turn())).isTrue();
        assertThat(meters.counter("orrery.llm.runs.stopped", "reason", "lease_lost").count())
                .isEqualTo(1);
    }

    @Test
    void survivesTwoFailuresInARow() {
        // given
        var run = began();
        turns.failNext(2);

        // when
        time.advance(TurnBook.LEASE);

        // then
        assertThat(turns.isLeased(run.turn())).isTrue();
        assertThat(stops).isEmpty();
    }

    @Test
    void reportsWhatWasDeliveredAndNeverTakesItBack() {
        // given
        var run = began();
        run.delivered(7);
        run.delivered(3); // a restart begins its count anew

        // when
        renewal.renewNow(run);

        // then
        assertThat(turns.delivered(run.turn())).isEqualTo(7);
    }

    private LiveRun began() {
        var turn = UUID.randomUUID();
        var run = UUID.randomUUID();
        turns.add(Examples.openTurn(turn));
        turns.begin(turn, run).block();
        var live = runs.add(turn, run, 10);
        live.stopped().subscribe(stops::add);
        return live;
    }
}
