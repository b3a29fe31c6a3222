package dev.orrery.enrichment.cache;

import reactor.core.publisher.Mono;

/**
 * Who of all replicas fetches the answer to a question. It saves calls and guarantees nothing: it
 * lapses by itself, and two may fetch when its keeper is away.
 */
interface FetchLock {

    /**
     * Tries to take the lock, without waiting.
     *
     * @param owner tells this attempt from all others
     * @return whether it is ours now; fails when its keeper is away
     */
    Mono<Boolean> take(Key key, String owner);

    /** Gives it back if it is still ours; never fails. */
    Mono<Void> release(Key key, String owner);
}
