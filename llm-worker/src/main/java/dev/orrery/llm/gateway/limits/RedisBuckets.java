package dev.orrery.llm.gateway.limits;

import dev.orrery.pipeline.redis.Redis;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Buckets that all replicas share. Redis may be away, slow or gone for good, and is then given up
 * at the first decision that comes too late; the next one connects.
 *
 * <p>Thread safety: may be asked on any thread; never blocks, except in {@link #close}. Tokens are
 * counted by the replicas' wall clocks.
 */
final class RedisBuckets implements Buckets, AutoCloseable {

    private static final String PREFIX = "orrery:gateway:rate:";

    /** A bucket that is full again is forgotten, this long after that. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** The buckets of one connection. */
    private record Spoken(
            StatefulRedisConnection<String, byte[]> connection, AsyncProxyManager<String> buckets) {

        static Spoken on(StatefulRedisConnection<String, byte[]> connection) {
            var buckets =
                    Bucket4jLettuce.casBasedBuilder(connection)
                            .expirationAfterWrite(
                                    ExpirationAfterWriteStrategy
                                            .basedOnTimeForRefillingBucketUpToMax(KEPT))
                            .build();
            return new Spoken(connection, buckets.asAsync());
        }
    }

    private final Redis redis;

    /** Of the newest connection. Two threads may both make it anew: they hold no state. */
    private volatile @Nullable Spoken newest;

    /**
     * Begins to connect, and does not wait for it.
     *
     * @param limit of one decision
     */
    RedisBuckets(String url, Duration limit) {
        this.redis = new Redis(url, limit, 1);
    }

    @Override
    public Mono<Taken> take(String name, Quota quota) {
        return redis.on(connection -> {
            var bucket = buckets(connection).builder().build(PREFIX + name, quota.bucket());
            return Mono.fromFuture(() -> bucket.tryConsumeAndReturnRemaining(1), true)
                    .map(Taken::of);
        });
    }

    private AsyncProxyManager<String> buckets(StatefulRedisConnection<String, byte[]> connection) {
        var known = newest;
        if (known == null || known.connection() != connection) {
            known = Spoken.on(connection);
            newest = known;
        }
        return known.buckets();
    }

    /** Blocks until the connection is closed, for at most a few seconds. */
    @Override
    public void close() {
        redis.close();
    }
}
