package dev.orrery.llm.leases;

import dev.orrery.llm.leases.LiveRun.StopReason;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.turn.Turns;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the leases of all live runs: one statement for all of them, three times within a lease, so
 * that two may fail. What has lost its lease is stopped. While PostgreSQL is away leases lapse, and
 * whoever asks first afterwards gets the turn; the runs here go on until they are told that it was
 * somebody else.
 *
 * <p>Thread safety: all methods may be called on any thread.
 */
public final class LeaseRenewal {

    private static final Logger log = LoggerFactory.getLogger(LeaseRenewal.class);
    private static final int RENEWALS_PER_LEASE = 3;

    private final LiveRuns runs;
    private final Turns turns;
    private final Duration interval;
    private final Ticker ticker;
    private @Nullable Disposable renewing;

    /**
     * @param lease how long a run owns a turn without renewing it, as the database is told
     */
    public LeaseRenewal(LiveRuns runs, Turns turns, Duration lease, Ticker ticker) {
        if (lease.compareTo(Duration.ofMillis(RENEWALS_PER_LEASE)) < 0) {
            throw new IllegalArgumentException("lease: " + lease + " (expected: >= 3 ms)");
        }
        this.runs = runs;
        this.turns = turns;
        this.interval = lease.dividedBy(RENEWALS_PER_LEASE);
        this.ticker = ticker;
    }

    /** Begins to renew. */
    public synchronized void start() {
        if (renewing == null) {
            renewing =
                    Flux.interval(interval, ticker.scheduler())
                            .onBackpressureDrop() // the statement before is still in flight
                            .concatMap(tick -> renew(runs.all()), 1)
                            .subscribe();
        }
    }

    /** Stops renewing. */
    public synchronized void stop() {
        if (renewing != null) {
            renewing.dispose();
            renewing = null;
        }
    }

    /**
     * Renews one lease out of turn, because the row has to know at once what the run has delivered.
     * Returns at once; a failure is made good by the next regular renewal.
     */
    public void renewNow(LiveRun run) {
        renew(List.of(run)).subscribe();
    }

    /** Completes however the statement ends: a renewal that failed is repeated by the next one. */
    private Mono<Void> renew(List<LiveRun> asked) {
        if (asked.isEmpty()) {
            return Mono.empty();
        }
        var byTurn = asked.stream().collect(Collectors.toMap(LiveRun::turn, Function.identity()));
        return turns.renew(asked.stream().map(LiveRun::progress).toList())
                .doOnNext(lost -> {
                    var run = byTurn.get(lost);
                    if (run != null) {
                        runs.stop(run, StopReason.LEASE_LOST);
                    }
                })
                .then()
                .onErrorResume(failure -> {
                    log.warn(
                            "Leases were not renewed: runs={} reason={}",
                            asked.size(),
                            failure.toString());
                    return Mono.empty();
                });
    }
}
