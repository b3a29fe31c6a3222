package dev.orrery.llm.leases;

import dev.orrery.llm.leases.LiveRun.StopReason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The runs that are alive in this process, at most one a turn. Thread safety: all methods may be
 * called on any thread and return at once. Bounded by the concurrency of the stage.
 */
public final class LiveRuns {

    private final ConcurrentMap<UUID, LiveRun> byTurn = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    /**
     * @param meters gets the gauge {@code orrery.llm.runs} and the counter {@code
     *     orrery.llm.runs.stopped}
     */
    public LiveRuns(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("orrery.llm.runs", byTurn, ConcurrentMap::size).register(meters);
    }

    /**
     * A run holds its turn. An older run of the same turn in this process has lost it by that, and
     * is stopped.
     */
    public LiveRun add(UUID turn, UUID run, long inputTokens) {
        var live = new LiveRun(turn, run, inputTokens);
        var older = byTurn.put(turn, live);
        if (older != null) {
            stop(older, StopReason.LEASE_LOST);
        }
        return live;
    }

    /** A run has ended. */
    public void remove(LiveRun live) {
        byTurn.remove(live.turn(), live);
    }

    /** Stops the run of a turn, if it is here. */
    public void stop(UUID turn, StopReason reason) {
        var live = byTurn.get(turn);
        if (live != null) {
            stop(live, reason);
        }
    }

    /** How many runs are alive. */
    public int count() {
        return byTurn.size();
    }

    List<LiveRun> all() {
        return List.copyOf(byTurn.values());
    }

    void stop(LiveRun live, StopReason reason) {
        live.stop(reason);
        meters.counter("orrery.llm.runs.stopped", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
