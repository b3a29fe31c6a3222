package dev.orrery.llm.gateway.limits;

import dev.orrery.llm.time.Ticker;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/**
 * Buckets that all replicas share. Redis may be away, slow or gone for good: every decision has a
 * short limit, nothing queues up while there is no connection, and the next decision connects.
 *
 * <p>Thread safety: may be asked on any thread; never blocks, except in {@link #close}. At most one
 * attempt to connect is under way. Tokens are counted by the replicas' wall clocks.
 */
final class RedisBuckets implements Buckets, AutoCloseable {

    private static final String PREFIX = "orrery:gateway:rate:";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final int MOST_IN_FLIGHT = 10_000;

    /** A bucket that is full again is forgotten, this long after that. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** What became of an attempt to connect. */
    private sealed interface Attempt {

        record Connected(
                StatefulRedisConnection<String, byte[]> connection,
                AsyncProxyManager<String> buckets)
                implements Attempt {}

        record Failed(Throwable why) implements Attempt {}
    }

    private final RedisClient client;
    private final RedisURI address;
    private final Duration limit;
    private final Ticker ticker;
    private final AtomicReference<CompletableFuture<Attempt>> newest;

    /** Begins to connect, and does not wait for it. */
    RedisBuckets(String url, Duration limit, Ticker ticker) {
        this.address = RedisURI.create(url);
        this.address.setTimeout(CONNECT_LIMIT);
        this.limit = limit;
        this.ticker = ticker;
        this.client = RedisClient.create();
        this.client.setOptions(
                ClientOptions.builder()
                        .autoReconnect(false) // the next decision connects
                        .requestQueueSize(MOST_IN_FLIGHT)
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(CONNECT_LIMIT)
                                        .tcpNoDelay(true)
                                        .keepAlive(true)
                                        .build())
                        .build());
        this.newest = new AtomicReference<>(connect(new CompletableFuture<>()));
    }

    @Override
    public Mono<Taken> take(String name, Quota quota) {
        return Mono.fromFuture(this::connection, true)
                .flatMap(attempt ->
                        switch (attempt) {
                            case Attempt.Connected connected -> take(connected, name, quota);
                            case Attempt.Failed failed -> Mono.error(failed.why());
                        })
                .timeout(limit, ticker.scheduler())
                .doOnError(TimeoutException.class, late -> retire());
    }

    private static Mono<Taken> take(Attempt.Connected connected, String name, Quota quota) {
        var bucket = connected.buckets().builder().build(PREFIX + name, quota.bucket());
        return Mono.fromFuture(() -> bucket.tryConsumeAndReturnRemaining(1), true).map(Taken::of);
    }

    /** The connection that stands or is being made; else a new attempt. */
    private CompletableFuture<Attempt> connection() {
        var current = newest();
        if (!current.isDone() || isOpen(current.join())) {
            return current;
        }
        var next = new CompletableFuture<Attempt>();
        if (!newest.compareAndSet(current, next)) {
            return newest(); // another thread was faster, and connects
        }
        return connect(next);
    }

    /** A failure is a value here: those who wait for it may have left, and nobody misses it. */
    private CompletableFuture<Attempt> connect(CompletableFuture<Attempt> next) {
        client.connectAsync(CODEC, address)
                .whenComplete((connection, failure) ->
                        next.complete(
                                failure == null
                                        ? connected(connection)
                                        : new Attempt.Failed(failure)));
        return next;
    }

    private static Attempt connected(StatefulRedisConnection<String, byte[]> connection) {
        var buckets =
                Bucket4jLettuce.casBasedBuilder(connection)
                        .expirationAfterWrite(
                                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                                        KEPT))
                        .build();
        return new Attempt.Connected(connection, buckets.asAsync());
    }

    private static boolean isOpen(Attempt attempt) {
        return attempt instanceof Attempt.Connected connected && connected.connection().isOpen();
    }

    /**
     * A dead peer resets nothing, so that TCP alone would notice it in a quarter of an hour; the
     * client keeps every connection until it is closed.
     */
    private void retire() {
        var stillConnecting = new Attempt.Failed(new IOException("still connecting"));
        if (newest().getNow(stillConnecting) instanceof Attempt.Connected connected) {
            connected.connection().closeAsync();
        }
    }

    private CompletableFuture<Attempt> newest() {
        return Objects.requireNonNull(newest.get());
    }

    /** Blocks until the connection is closed, for at most a few seconds. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CONNECT_LIMIT);
    }
}
