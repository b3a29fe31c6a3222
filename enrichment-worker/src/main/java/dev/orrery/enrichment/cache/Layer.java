package dev.orrery.enrichment.cache;

import dev.orrery.events.CacheLayer;
import reactor.core.publisher.Mono;

/**
 * One place where answers are kept. Called on any thread; never blocks. Each has a time limit of
 * its own, and any failure of it is a miss to those who look.
 */
interface Layer {

    CacheLayer place();

    /** What is kept under this key, fresh or not; empty when nothing is. */
    Mono<Stored> find(Key key);

    /** Keeps it, in the place of what was there. */
    Mono<Void> keep(Key key, Stored stored);
}
