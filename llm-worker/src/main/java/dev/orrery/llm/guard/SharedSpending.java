package dev.orrery.llm.guard;

import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets the processes know of each other's spending, by PostgreSQL, every two seconds. So together
 * they may overspend by what they spend in that time. While PostgreSQL is away each goes on by its
 * own count and what it last heard of the others.
 *
 * <p>Thread safety: all methods may be called on any thread.
 */
public final class SharedSpending {

    private static final Logger log = LoggerFactory.getLogger(SharedSpending.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Spending spending;
    private final SpendingRows rows;
    private final Ticker ticker;
    private volatile boolean away;
    private @Nullable Disposable sharing;

    public SharedSpending(Spending spending, SpendingRows rows, Ticker ticker) {
        this.spending = spending;
        this.rows = rows;
        this.ticker = ticker;
    }

    /** Begins to share; what was spent before this process began is known within seconds. */
    public synchronized void start() {
        if (sharing == null) {
            sharing =
                    Flux.interval(Duration.ZERO, INTERVAL, ticker.scheduler())
                            .onBackpressureDrop() // the statement before is still in flight
                            .concatMap(tick -> tick == 0 ? forget().then(share()) : share(), 1)
                            .subscribe();
        }
    }

    /** Says a last time what was spent, and shares no more. Blocks for at most a few seconds. */
    public synchronized void stop() {
        if (sharing != null) {
            sharing.dispose();
            sharing = null;
            share().block();
        }
    }

    /** Completes however it ends: what was not told is told the next time. */
    Mono<Void> share() {
        return Flux.fromIterable(spending.open())
                .concatMap(this::share)
                .then(Mono.fromRunnable(this::isBack))
                .onErrorResume(this::isAway)
                .then();
    }

    private Mono<Void> share(DayOfSpending day) {
        return rows.write(day.date(), day.own())
                .then(rows.ofOthers(day.date()))
                .doOnNext(day::othersSpent)
                .doOnNext(others -> spending.close(day))
                .then();
    }

    private Mono<Void> forget() {
        return rows.forgetBefore(spending.date()).onErrorComplete(); // the next start does it
    }

    private void isBack() {
        if (away) {
            away = false;
            log.info("The cost of models is counted together with the other workers again");
        }
    }

    private Mono<Void> isAway(Throwable failure) {
        if (!away) {
            away = true;
            log.warn(
                    "The cost of models is counted by this worker alone for now: reason={}",
                    failure.toString());
        }
        return Mono.empty();
    }
}
