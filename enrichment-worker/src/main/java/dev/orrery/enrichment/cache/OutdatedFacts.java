package dev.orrery.enrichment.cache;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deletes from {@code enrichment.facts} what is older than it may be to stand in for an answer that
 * cannot be had: nobody would be given it any more, and the weather of every place that anybody
 * ever asked about would be kept for ever.
 *
 * <p>Every replica does it, a while after its start and then now and then; they pass over each
 * other's rows. Nothing is lost when it fails or is cut off. Time is PostgreSQL's, so that all
 * replicas agree on what is old.
 */
public final class OutdatedFacts implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutdatedFacts.class);

    private static final Duration EVERY = Duration.ofMinutes(10);

    /** Rows of one statement, which takes some milliseconds. */
    private static final int BATCH = 1_000;

    /** A round ends then, whatever is left: another one comes. */
    private static final int MOST_BATCHES = 100;

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

    private final DatabaseClient database;
    private final Map<String, Duration> uses;
    private volatile @Nullable Disposable loop;

    /**
     * @param uses how long after its freshness an answer of each kind may be of use; kinds that are
     *     not named stay as they are
     */
    public OutdatedFacts(DatabaseClient database, Map<String, Duration> uses) {
        this.database = database;
        this.uses = Map.copyOf(uses);
    }

    /** One round. Never fails: what goes wrong is logged, and done in the next one. */
    Mono<Void> round() {
        return Flux.fromIterable(uses.entrySet())
                .concatMap(kind -> deleted(kind.getKey(), kind.getValue()))
                .then()
                .onErrorResume(failure -> {
                    log.warn("Outdated facts wait to be deleted: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private Mono<Long> deleted(String kind, Duration use) {
        return batch(kind, use)
                .repeat(MOST_BATCHES - 1L)
                .takeUntil(rows -> rows < BATCH)
                .reduce(0L, Long::sum)
                .doOnNext(rows -> {
                    if (rows > 0) {
                        log.info("Outdated facts deleted: kind={} rows={}", kind, rows);
                    }
                });
    }

    private Mono<Long> batch(String kind, Duration use) {
        return database.sql(
                        """
                        delete from enrichment.facts f
                         using (select kind, question from enrichment.facts
                                 where kind = :kind and fresh_until < now() - make_interval(secs => :use)
                                 order by fresh_until limit :batch
                                   for update skip locked) as old
                         where f.kind = old.kind and f.question = old.question
                        """)
                .bind("kind", kind)
                .bind("use", (double) use.toSeconds())
                .bind("batch", BATCH)
                .fetch()
                .rowsUpdated()
                .timeout(STATEMENT_LIMIT);
    }

    @Override
    public synchronized void start() {
        if (loop == null) {
            loop =
                    Flux.interval(EVERY)
                            .onBackpressureDrop()
                            .concatMap(tick -> round(), 0)
                            .subscribe();
        }
    }

    @Override
    public synchronized void stop() {
        var running = loop;
        if (running != null) {
            running.dispose();
            loop = null;
        }
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }
}
