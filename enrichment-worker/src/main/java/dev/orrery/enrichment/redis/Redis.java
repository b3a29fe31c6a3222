package dev.orrery.enrichment.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Redis, which may be away, slow or gone for good: every command has a short limit, nothing queues
 * up while there is no connection, and the next command after its return finds it.
 *
 * <p>Thread safety: may be used on any thread; never blocks, except in {@link #close}. Results
 * arrive on the client's event loop. At most one attempt to connect is under way.
 */
public final class Redis implements AutoCloseable {

    /** Of TCP and of the greeting that follows; commands do not wait that long for it. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    /** Commands that may be on their way at once; more are refused, as if Redis were away. */
    private static final int MOST_IN_FLIGHT = 10_000;

    /**
     * Commands in a row without an answer after which the connection is given up. A dead peer
     * resets nothing, so that TCP alone would notice it in a quarter of an hour.
     */
    private static final int MOST_UNANSWERED = 20;

    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisClient client;
    private final RedisURI address;
    private final Duration limit;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicReference<CompletableFuture<StatefulRedisConnection<String, byte[]>>>
            newest =
                    new AtomicReference<>(
                            CompletableFuture.failedFuture(new IOException("not connected yet")));

    /**
     * Connects when the first command needs it.
     *
     * @param url {@code redis://host:port}, with {@code rediss} for TLS; may hold a password
     * @param limit of one command, waiting for the connection included
     */
    public Redis(String url, Duration limit) {
        this.address = RedisURI.create(url);
        this.address.setTimeout(CONNECT_LIMIT);
        this.limit = limit;
        this.client = RedisClient.create();
        this.client.setOptions(
                ClientOptions.builder()
                        .autoReconnect(false) // the next command connects
                        .requestQueueSize(MOST_IN_FLIGHT)
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(CONNECT_LIMIT)
                                        .tcpNoDelay(true)
                                        .keepAlive(true)
                                        .build())
                        .build());
    }

    /** One command, or several as one pipeline. Fails when Redis is away, slow or unwilling. */
    public <T> Mono<T> ask(Function<RedisReactiveCommands<String, byte[]>, Mono<T>> command) {
        return Mono.fromFuture(this::connection, true)
                .flatMap(connection -> command.apply(connection.reactive()))
                .timeout(limit)
                .doOnSuccess(answer -> unanswered.set(0))
                .doOnError(TimeoutException.class, this::noteUnanswered);
    }

    private CompletableFuture<StatefulRedisConnection<String, byte[]>> connection() {
        var current = newest();
        if (!current.isDone() || isOpen(current)) {
            return current;
        }
        var next = new CompletableFuture<StatefulRedisConnection<String, byte[]>>();
        if (!newest.compareAndSet(current, next)) {
            return newest(); // another thread was faster, and connects
        }
        unanswered.set(0);
        client.connectAsync(CODEC, address)
                .whenComplete((connection, failure) -> {
                    if (failure == null) {
                        next.complete(connection);
                    } else {
                        next.completeExceptionally(failure);
                    }
                });
        return next;
    }

    private CompletableFuture<StatefulRedisConnection<String, byte[]>> newest() {
        return Objects.requireNonNull(newest.get());
    }

    private static boolean isOpen(
            CompletableFuture<StatefulRedisConnection<String, byte[]>> connection) {
        return connection.state() == CompletableFuture.State.SUCCESS
                && connection.resultNow().isOpen();
    }

    private void noteUnanswered(TimeoutException timeout) {
        var current = newest();
        if (unanswered.incrementAndGet() >= MOST_UNANSWERED && isOpen(current)) {
            unanswered.set(0);
            current.resultNow().closeAsync();
        }
    }

    /** Blocks until the connection is closed, for at most a few seconds. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CONNECT_LIMIT);
    }
}
