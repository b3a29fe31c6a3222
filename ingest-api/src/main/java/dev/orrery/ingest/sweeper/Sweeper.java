package dev.orrery.ingest.sweeper;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.messages.MessageSettings;
import dev.orrery.ingest.store.Store;
import dev.orrery.ingest.turns.Requests;
import dev.orrery.pipeline.turn.Announcements;
import dev.orrery.pipeline.turn.TurnColumns;
import dev.orrery.pipeline.turn.TurnRow;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
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

    private static final int AT_ONCE = 256;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private record Found(String finding, TurnRow turn) {}

    /**
     * What a sweep came to.
     *
     * @param found turns that were cut off
     * @param told those of them whose events stand in their topics now
     */
    record Swept(int found, int told) {}

    private final Store store;
    private final Requests requests;
    private final Announcements announcements;
    private final SweeperSettings settings;
    private final MessageSettings messages;
    private final MeterRegistry meters;
    private final Disposable.Swap loop = Disposables.swap();
    private volatile boolean running;

    Sweeper(
            Store store,
            Requests requests,
            Announcements announcements,
            SweeperSettings settings,
            MessageSettings messages,
            MeterRegistry meters) {
        this.store = store;
        this.requests = requests;
        this.announcements = announcements;
        this.settings = settings;
        this.messages = messages;
        this.meters = meters;
    }

    /**
     * One sweep. Completes when everything it found stands in its topic or was given up for this
     * time: what is given up is found again when the patience has passed, so that one bad row, or a
     * broker that is away, keeps nobody from ending what is overdue.
     */
    Mono<Swept> sweep() {
        return find().flatMap(this::isTold, AT_ONCE)
                .collectList()
                .map(told -> new Swept(told.size(), Collections.frequency(told, true)));
    }

    private Flux<Found> find() {
        var statement =
                store.sql("select x.finding, (x.turn).* from chat.sweep_turns($1, $2, $3) x")
                        .bind(0, settings.limit())
                        .bind(1, Math.toIntExact(settings.patience().toMillis()))
                        .bind(2, Math.toIntExact(messages.grace().toMillis()));
        return store.all(statement, Sweeper::read)
                .flatMapIterable(found -> found.stream().toList());
    }

    /** Empty for a row that makes no sense: the others of this sweep are told all the same. */
    private static Optional<Found> read(Readable row) {
        try {
            var finding = required(row, "finding", String.class);
            return Optional.of(new Found(finding, TurnColumns.read(row)));
        } catch (RuntimeException unreadable) {
            log.error(
                    "A turn cannot be read and is passed over: turn={}",
                    row.get("turn_id", UUID.class),
                    unreadable);
            return Optional.empty();
        }
    }

    private Mono<Boolean> isTold(Found found) {
        meters.counter("orrery.sweeper.findings", "finding", found.finding()).increment();
        return publish(found)
                .timeout(settings.patience())
                .thenReturn(true)
                .onErrorResume(failure -> {
                    log.debug("Not told yet: turn={}", found.turn().turnId(), failure);
                    return Mono.just(false);
                });
    }

    private Mono<Void> publish(Found found) {
        return switch (found.finding()) {
            case "request_unpublished" -> requests.publish(found.turn(), null);
            case "outcome_unpublished", "overdue" -> announcements.announce(found.turn());
            default ->
                    throw new IllegalStateException(
                            "BUG: finding of chat.sweep_turns: " + found.finding());
        };
    }

    private static void report(Swept swept) {
        if (swept.found() > 0) {
            log.info("Swept: found={} told={}", swept.found(), swept.told());
        }
    }

    @Override
    public void start() {
        running = true;
        loop.update(
                Mono.defer(this::sweep)
                        .doOnNext(Sweeper::report)
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
