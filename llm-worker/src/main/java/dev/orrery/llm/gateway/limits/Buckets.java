package dev.orrery.llm.gateway.limits;

import reactor.core.publisher.Mono;

/** Token buckets by name. Thread safety: may be asked on any thread; never blocks. */
interface Buckets {

    /** Takes one token out of a bucket, which begins full. Fails when that cannot be decided. */
    Mono<Taken> take(String name, Quota quota);
}
