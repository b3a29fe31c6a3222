package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts JSON to one provider and reads an event stream back, passing every event on as soon as its
 * last byte is there. One connection pool a client. Redirects are not followed, and nothing is sent
 * twice: whether a call is repeated is the chain's decision.
 *
 * <p>Thread safety: may be used on any thread; never blocks. Events arrive on the connection's
 * event loop. Whoever made the client closes it.
 */
public final class StreamingClient implements AutoCloseable {

    /** Above every limit of a call; reached only when a call has no limit of its own. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

    private static final Duration EVICTION = Duration.ofSeconds(5);
    private static final int MAX_ERROR_BODY_BYTES = 64 * 1024;

    private final ConnectionProvider pool;
    private final WebClient client;
    private final HttpSettings settings;
    private final Ticker ticker;

    /**
     * @param name of the provider, for threads and metrics
     * @param ticker measures the limit for the connection
     */
    public StreamingClient(String name, HttpSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.pool =
                ConnectionProvider.builder("llm-" + name)
                        .maxConnections(settings.maxConnections())
                        .pendingAcquireMaxCount(settings.maxConnections())
                        .pendingAcquireTimeout(LONGEST_CONNECT)
                        .maxIdleTime(settings.maxIdle())
                        .maxLifeTime(settings.maxAge())
                        .evictInBackground(EVICTION)
                        .lifo() // the connection used last is the one least likely to have been
                        // closed by the provider
                        .build();
        var http =
                HttpClient.create(pool)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) LONGEST_CONNECT.toMillis())
                        .followRedirect(false)
                        .compress(false)
                        .disableRetry(true);
        this.client =
                WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
    }

    /**
     * One request.
     *
     * @param json the body
     * @param connectLimit until the request can be written
     */
    public record Request(
            URI uri, Map<String, String> headers, byte[] json, Duration connectLimit) {}

    /**
     * What one call has come to; written on the event loop, read by the timer of the connection.
     */
    private static final class Progress {
        private volatile boolean connected;
        private volatile boolean answered;
    }

    /**
     * Posts once per subscription. Fails with {@link ModelFailure} only; cancelling closes the
     * connection.
     *
     * @param failures says what a response means that is no event stream
     */
    public Flux<ServerEvent> post(Request request, FailureReader failures) {
        return Flux.defer(() -> {
            var progress = new Progress();
            return exchange(request, failures, progress)
                    .timeout(notConnectedWithin(request.connectLimit(), progress))
                    .onErrorMap(failure -> classified(failure, progress));
        });
    }

    private Flux<ServerEvent> exchange(Request request, FailureReader failures, Progress progress) {
        return client.post()
                .uri(request.uri())
                .headers(headers -> request.headers().forEach(headers::set))
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .httpRequest(written -> progress.connected = true)
                .bodyValue(request.json())
                .exchangeToFlux(response -> {
                    progress.answered = true;
                    return isEventStream(response) ? events(response) : failure(response, failures);
                });
    }

    /**
     * Signals only when the limit has passed and the request is still waiting for its connection.
     */
    private Mono<Boolean> notConnectedWithin(Duration limit, Progress progress) {
        return ticker.pause(limit)
                .then(
                        Mono.defer(() ->
                                progress.connected ? Mono.<Boolean>never() : Mono.just(true)));
    }

    private static boolean isEventStream(ClientResponse response) {
        return response.statusCode().is2xxSuccessful()
                && response.headers()
                        .contentType()
                        .map(type -> type.isCompatibleWith(MediaType.TEXT_EVENT_STREAM))
                        .orElse(false);
    }

    private Flux<ServerEvent> events(ClientResponse response) {
        var decoder = new EventStreamDecoder((int) settings.maxEvent().toBytes());
        var budget = new ByteBudget(settings.maxResponse().toBytes());
        return response.bodyToFlux(DataBuffer.class)
                .map(StreamingClient::taken)
                .doOnNext(bytes -> budget.spend(bytes.length))
                .map(decoder::decode)
                .concatMapIterable(events -> events);
    }

    private Flux<ServerEvent> failure(ClientResponse response, FailureReader failures) {
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), MAX_ERROR_BODY_BYTES)
                .map(StreamingClient::taken)
                .onErrorReturn(new byte[0]) // too large or cut off: the status has to tell enough
                .defaultIfEmpty(new byte[0])
                .flatMapMany(body ->
                        Flux.error(
                                failures.read(
                                        response.statusCode().value(),
                                        response.headers().asHttpHeaders(),
                                        body)));
    }

    private static byte[] taken(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static ModelFailure classified(Throwable failure, Progress progress) {
        if (failure instanceof ModelFailure known) {
            return known;
        }
        var cause =
                failure instanceof WebClientRequestException wrapped
                        ? wrapped.getMostSpecificCause()
                        : failure;
        if (!progress.connected
                && (cause instanceof TimeoutException
                        || cause instanceof ConnectTimeoutException)) {
            return new ModelFailure.TimedOut(ModelFailure.TimedOut.Limit.CONNECT);
        }
        if (!progress.answered) {
            return new ModelFailure.ConnectionFailed("no response", cause);
        }
        return cause instanceof IOException
                ? new ModelFailure.TruncatedStream("connection lost", cause)
                : new ModelFailure.MalformedResponse(
                        "unreadable HTTP: " + cause.getClass().getSimpleName());
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
