package dev.orrery.enrichment.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Does the same thing once for all who want it at the same time. The work goes on when those who
 * wait for it leave, so it must be bounded by itself.
 *
 * <p>Thread safety: may be called on any thread; never waits.
 */
final class SingleFlight<K, V> {

    private final ConcurrentHashMap<K, Mono<V>> flights = new ConcurrentHashMap<>();

    /** Joins the flight under this key, or begins one. */
    Mono<V> join(K key, Supplier<Mono<V>> work) {
        return Mono.defer(() -> flights.computeIfAbsent(key, absent -> flight(key, work)));
    }

    /** Landed before anybody is told, so that whoever comes later looks for himself. */
    private Mono<V> flight(K key, Supplier<Mono<V>> work) {
        return Mono.defer(work).doOnTerminate(() -> flights.remove(key)).cache();
    }
}
