package dev.orrery.ingest.sweeper;

import dev.orrery.ingest.messages.MessageSettings;
import dev.orrery.ingest.store.Store;
import dev.orrery.ingest.turns.Requests;
import dev.orrery.pipeline.turn.Announcements;
import dev.orrery.pipeline.turn.TurnColumns;
import dev.orrery.pipeline.turn.TurnRow;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Finishes what a crash or an outage cut off, with the ids it had from the beginning: publishes
 * accepted turns that did not reach their topic, announces ends that nobody was told, and ends what
 * is overdue. Every instance sweeps; they pass over each other's rows. One sweep at a time, on a
 * worker thread.
 */
@Component
final class Sweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private static final int AT_ONCE = 16;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private record Found(String finding, TurnRow turn) {}

    private final Store store;
    private final Requests requests;
    private final Announcements announcements;
    private final SweeperSettings settings;
    private final MessageSettings messages;
    private final Disposable.Swap loop = Disposables.swap();
    private volatile boolean running;

    Sweeper(
            Store store,
            Requests requests,
            Announcements announcements,
            SweeperSettings settings,
            MessageSettings messages) {
        this.store = store;
        this.requests = requests;
        this.announcements = announcements;
        this.settings = settings;
        this.messages = messages;
    }

    /**
     * One sweep; completes when everything it found stands in its topic. Returns how much that was.
     */
    Mono<Long> sweep() {
        return find().flatMap(found -> finish(found).thenReturn(found), AT_ONCE).count();
    }

    private Flux<Found> find() {
        var statement =
                store.sql("select x.finding, (x.turn).* from chat.sweep_turns($1, $2, $3) x")
                        .bind(0, settings.limit())
                        .bind(1, Math.toIntExact(settings.patience().toMillis()))
                        .bind(2, Math.toIntExact(messages.grace().toMillis()));
        return store.all(
                statement,
                row ->
                        new Found(
                                String.valueOf(row.get("finding", String.class)),
                                TurnColumns.read(row)));
    }

    private Mono<Void> finish(Found found) {
        log.info("Swept: finding={} turn={}", found.finding(), found.turn().turnId());
        return switch (found.finding()) {
            case "request_unpublished" -> requests.publish(found.turn(), null);
            case "outcome_unpublished", "overdue" -> announcements.announce(found.turn());
            default ->
                    throw new IllegalStateException(
                            "BUG: finding of chat.sweep_turns: " + found.finding());
        };
    }

    @Override
    public void start() {
        running = true;
        loop.update(
                Mono.defer(this::sweep)
                        .repeatWhen(sweeps ->
                                sweeps.concatMap(found -> Mono.delay(settings.interval()), 1))
                        .doOnError(
                                failure -> log.warn("A sweep failed: cause={}", failure.toString()))
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, settings.interval())
                                        .maxBackoff(LONGEST_PAUSE)
                                        .jitter(0)
                                        .transientErrors(true))
                        .subscribeOn(Schedulers.parallel())
                        .subscribe());
    }

    @Override
    public void stop() {
        running = false;
        loop.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Begins when everything else has; ends first. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
