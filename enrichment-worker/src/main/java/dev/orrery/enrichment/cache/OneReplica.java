package dev.orrery.enrichment.cache;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/**
 * Lets one replica fetch an answer, while the others look now and then whether it has come. Their
 * waiting is bounded: an owner that died or that is too slow is not waited for to the end.
 */
final class OneReplica {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final FetchLock lock;
    private final Duration longestWait;
    private final long mostLooks;

    /**
     * @param longestWait for another replica's answer
     */
    OneReplica(FetchLock lock, Duration longestWait) {
        this.lock = lock;
        this.longestWait = longestWait;
        this.mostLooks = longestWait.dividedBy(LOOK_EVERY);
    }

    Duration longestWait() {
        return longestWait;
    }

    /**
     * The answer, fetched by us or by somebody else.
     *
     * @param look finds what somebody else has fetched; empty while there is nothing
     */
    <T> Mono<T> fetch(Key key, Mono<T> fetch, Mono<T> look) {
        var owner = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return attempt(key, owner, fetch, look, mostLooks);
    }

    private <T> Mono<T> attempt(
            Key key, String owner, Mono<T> fetch, Mono<T> look, long looksLeft) {
        return lock.take(key, owner)
                .onErrorReturn(true) // nobody keeps locks now, and the answer is wanted
                .flatMap(ours -> {
                    if (ours) {
                        return Mono.usingWhen(
                                Mono.just(owner),
                                taken -> look.switchIfEmpty(fetch), // another may just have done
                                taken -> lock.release(key, taken));
                    }
                    return looksLeft <= 0
                            ? fetch
                            : Mono.delay(LOOK_EVERY)
                                    .then(look)
                                    .switchIfEmpty(
                                            Mono.defer(() ->
                                                    attempt(
                                                            key,
                                                            owner,
                                                            fetch,
                                                            look,
                                                            looksLeft - 1)));
                });
    }
}
