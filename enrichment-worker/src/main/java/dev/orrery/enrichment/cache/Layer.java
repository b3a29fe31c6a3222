package dev.orrery.enrichment.cache;

import dev.orrery.events.CacheLayer;
import java.util.List;
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

    /** Keeps nothing of these any more; nothing happens where nothing was. */
    Mono<Void> forget(List<Key> keys);

    /**
     * Whether entries end by themselves within the lifetime that the settings give them; where they
     * do not, a failure to forget must not be passed over.
     */
    boolean forgetsByItself();
}
