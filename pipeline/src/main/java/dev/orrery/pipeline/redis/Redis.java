package dev.orrery.pipeline.redis;

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
import reactor.core.scheduler.Schedulers;

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

    /** Few enough to notice a dead peer soon, and more than a pause of Redis leaves behind. */
    private static final int MOST_UNANSWERED = 20;

    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** What became of an attempt to connect: a connection, or why there is none. */
    private sealed interface Attempt {

        record Connected(StatefulRedisConnection<String, byte[]> connection) implements Attempt {}

        record Failed(Throwable why) implements Attempt {}
    }

    private static final Attempt NOTHING_YET =
            new Attempt.Failed(new IOException("still connecting"));

    private final RedisClient client;
    private final RedisURI address;
    private final Duration limit;
    private final int mostUnanswered;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicReference<CompletableFuture<Attempt>> newest;

    /**
     * Begins to connect, and does not wait for it.
     *
     * @param url {@code redis://host:port}, with {@code rediss} for TLS; may hold a password
     * @param limit of one command, waiting for the connection included
     */
    public Redis(String url, Duration limit) {
        this(url, limit, MOST_UNANSWERED);
    }

    /**
     * As above.
     *
     * @param mostUnanswered commands in a row without an answer, 1 or more, after which the
     *     connection is given up. A dead peer resets nothing, so that TCP alone would notice it in
     *     a quarter of an hour
     */
    public Redis(String url, Duration limit, int mostUnanswered) {
        this.address = RedisURI.create(url);
        this.address.setTimeout(CONNECT_LIMIT);
        this.limit = limit;
        this.mostUnanswered = mostUnanswered;
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
        this.newest = new AtomicReference<>(connect(new CompletableFuture<>()));
    }

    /** One command, or several as one pipeline. Fails when Redis is away, slow or unwilling. */
    public <T> Mono<T> ask(Function<RedisReactiveCommands<String, byte[]>, Mono<T>> command) {
        return on(connection -> command.apply(connection.reactive()));
    }

    /**
     * As {@link #ask}, for libraries that speak to a connection themselves. Each connection is a
     * new object; one that has broken does not come back.
     */
    public <T> Mono<T> on(Function<StatefulRedisConnection<String, byte[]>, Mono<T>> work) {
        return Mono.fromFuture(this::connection, true)
                .flatMap(attempt ->
                        switch (attempt) {
                            case Attempt.Connected connected -> work.apply(connected.connection());
                            case Attempt.Failed failed -> Mono.error(failed.why());
                        })
                .timeout(limit)
                .doOnSuccess(answer -> unanswered.set(0))
                .doOnError(TimeoutException.class, this::noteUnanswered);
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
        unanswered.set(0);
        retire(current.join());
        return connect(next);
    }

    /**
     * The client keeps every connection until it is closed, also one that broke. Closing waits for
     * those who are writing, so it has a thread that may wait.
     */
    private static void retire(Attempt attempt) {
        if (attempt instanceof Attempt.Connected connected) {
            Schedulers.boundedElastic().schedule(connected.connection()::closeAsync);
        }
    }

    /** A failure is a value here: those who wait for it may have left, and nobody misses it. */
    private CompletableFuture<Attempt> connect(CompletableFuture<Attempt> next) {
        client.connectAsync(CODEC, address)
                .whenComplete((connection, failure) ->
                        next.complete(
                                failure == null
                                        ? new Attempt.Connected(connection)
                                        : new Attempt.Failed(failure)));
        return next;
    }

    private CompletableFuture<Attempt> newest() {
        return Objects.requireNonNull(newest.get());
    }

    private static boolean isOpen(Attempt attempt) {
        return attempt instanceof Attempt.Connected connected && connected.connection().isOpen();
    }

    private void noteUnanswered(TimeoutException timeout) {
        if (unanswered.incrementAndGet() >= mostUnanswered
                && newest().getNow(NOTHING_YET) instanceof Attempt.Connected connected
                && connected.connection().isOpen()) {
            unanswered.set(0);
            retire(connected);
        }
    }

    /** Blocks until the connection is closed, for at most a few seconds. */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CONNECT_LIMIT);
    }
}
