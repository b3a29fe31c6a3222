package dev.orrery.enrichment.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.enrichment.source.Document;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.events.CacheLayer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What is known of one kind of data: in a layer, or else by asking its service, once for all who
 * want to know at the same time.
 *
 * <pre>
 * fresh in a layer ───────────────────────────────► found
 * over, but within its grace ─────────────────────► found, stale; a newer one is fetched behind
 * failed a moment ago, or fails now ──► stale copy? ──► found, stale
 *                                       none ────────► the failure
 * answered ──► kept in every layer ───────────────► found
 * </pre>
 *
 * <p>Thread safety: may be called on any thread; never blocks.
 *
 * @param <D> the documents of the kind
 */
public final class FactCache<D extends Document> {

    private static final Logger log = LoggerFactory.getLogger(FactCache.class);

    private static final int MOST_FAILURES = 100_000;

    /**
     * An answer that is over as it comes, from a service whose clock differs from ours, is kept
     * this long all the same; else every turn would ask again.
     */
    private static final Duration SHORTEST_FRESHNESS = Duration.ofMinutes(1);

    private final Class<D> type;
    private final SourceLimits limits;
    private final Layers layers;
    private final OneReplica oneReplica;
    private final Clock clock;
    private final Cache<Key, SourceFailure> failures;
    private final SingleFlight<Key, Found<D>> flights = new SingleFlight<>();
    private final SingleFlight<Key, Found<D>> refreshes = new SingleFlight<>();

    FactCache(
            Class<D> type,
            SourceLimits limits,
            Layers layers,
            OneReplica oneReplica,
            Duration failureMemory,
            Clock clock) {
        this.type = type;
        this.limits = limits;
        this.layers = layers;
        this.oneReplica = oneReplica;
        this.clock = clock;
        this.failures =
                Caffeine.newBuilder()
                        .maximumSize(MOST_FAILURES)
                        .expireAfterWrite(failureMemory)
                        .build();
    }

    /**
     * The answer under this key. Fails with {@link SourceFailure} when there is none, not even an
     * old one.
     *
     * @param fetch asks the service; used when no layer has a fresh answer
     */
    public Mono<Found<D>> find(Key key, Mono<D> fetch) {
        return flights.join(key, () -> knownOrFetched(key, fetch));
    }

    private Mono<Found<D>> knownOrFetched(Key key, Mono<D> fetch) {
        return layers.find(key, type)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(known ->
                        known.map(found -> usable(key, found, fetch))
                                .orElseGet(() -> fetched(key, fetch)));
    }

    private Mono<Found<D>> usable(Key key, Found<D> known, Mono<D> fetch) {
        if (known.fresh()) {
            return Mono.just(known);
        }
        if (isOverByLessThan(limits.grace(), known)) {
            refreshBehind(key, fetch);
            return Mono.just(known);
        }
        return fetched(key, fetch)
                .onErrorResume(SourceFailure.class, failure -> instead(known, failure));
    }

    /** Nobody waits for it; what fails is remembered and logged, and the answer ages on. */
    private void refreshBehind(Key key, Mono<D> fetch) {
        refreshes.join(key, () -> fetched(key, fetch)).subscribe(newer -> {}, failure -> {});
    }

    private Mono<Found<D>> fetched(Key key, Mono<D> fetch) {
        var failedLately = failures.getIfPresent(key);
        if (failedLately != null) {
            return Mono.error(failedLately);
        }
        var kept =
                fetch.timeout(limits.patience(), timedOut(limits.patience()))
                        .flatMap(document -> keep(key, document));
        var keptByAnother = layers.find(key, type).filter(Found::fresh);
        var longest = limits.patience().plus(oneReplica.longestWait());
        return oneReplica
                .fetch(key, kept, keptByAnother)
                .timeout(longest, timedOut(longest))
                .doOnError(SourceFailure.class, failure -> remember(key, failure));
    }

    private static <T> Mono<T> timedOut(Duration limit) {
        return Mono.error(() -> new SourceFailure.TimedOut(limit));
    }

    /** Kept before it is handed on, so that the next turn finds it. */
    private Mono<Found<D>> keep(Key key, D document) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var freshUntil = freshUntil(document, now);
        return layers.keep(key, new Stored(DocumentForm.write(document), now, freshUntil))
                .thenReturn(new Found<>(document, now, freshUntil, CacheLayer.API, true));
    }

    private static @Nullable Instant freshUntil(Document document, Instant now) {
        var freshUntil = document.freshUntil();
        var least = now.plus(SHORTEST_FRESHNESS);
        return freshUntil != null && freshUntil.isBefore(least) ? least : freshUntil;
    }

    private void remember(Key key, SourceFailure failure) {
        failures.put(key, failure);
        log.warn(
                "A source has no answer: kind={} code={} reason={}",
                key.kind(),
                failure.code(),
                failure.getMessage());
    }

    private Mono<Found<D>> instead(Found<D> known, SourceFailure failure) {
        return isOverByLessThan(limits.maxStale(), known) ? Mono.just(known) : Mono.error(failure);
    }

    private boolean isOverByLessThan(Duration time, Found<D> known) {
        var freshUntil = known.freshUntil();
        return freshUntil == null || clock.instant().isBefore(freshUntil.plus(time));
    }
}
