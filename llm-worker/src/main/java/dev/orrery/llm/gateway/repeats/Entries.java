package dev.orrery.llm.gateway.repeats;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Entries by key. May fail; a change that has failed may have been made all the same. Never blocks.
 */
interface Entries {

    /** Writes an entry where there is none. */
    Mono<Boolean> add(String key, byte[] entry, Duration life);

    /** Empty when there is none. */
    Mono<byte[]> find(String key);

    /** False when the entry is another one by now. */
    Mono<Boolean> replace(String key, byte[] old, byte[] entry, Duration life);

    /** False when the entry is another one by now. */
    Mono<Boolean> remove(String key, byte[] old);
}
