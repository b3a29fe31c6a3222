package dev.orrery.llm.http;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.http.Buffers;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts JSON to one provider and reads an answer back: an event stream, whose events are passed on
 * as soon as their last byte is there, or a whole body. One connection pool a client. Redirects are
 * not followed, and nothing is sent twice: whether a call is repeated is the chain's decision.
 *
 * <p>Thread safety: may be used on any thread; never blocks. Chunks arrive on the connection's
 * event loop. Whoever made the client closes it.
 */
public final class ProviderClient implements AutoCloseable {

    /** Above every limit of a call; reached only when a call has no limit of its own. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

    /**
     * Between the last event of a stream and the end of its response. Waiting for it keeps the
     * connection usable for the next call; waiting for ever would keep the reader waiting.
     */
    private static final Duration LONGEST_GOODBYE = Duration.ofMillis(200);

    private static final Duration EVICTION = Duration.ofSeconds(5);
    private static final int MAX_ERROR_BODY_BYTES = 64 * 1024;

    private final ConnectionProvider pool;
    private final WebClient client;
    private final HttpSettings settings;
    private final Ticker ticker;

    /**
     * Calls what the operator has configured.
     *
     * @param name of the provider, for threads and metrics
     * @param ticker measures the limit for the connection
     */
    public ProviderClient(String name, HttpSettings settings, Ticker ticker) {
        this(name, settings, ticker, http -> http);
    }

    private ProviderClient(
            String name, HttpSettings settings, Ticker ticker, UnaryOperator<HttpClient> more) {
        this.settings = settings;
        this.ticker = ticker;
        this.pool = pool(name, settings);
        var http = more.apply(http(pool));
        this.client =
                WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
    }

    /**
     * Calls what somebody else has named: connects only to addresses that may be called.
     *
     * @param name of the pool, for threads and metrics
     * @param ticker measures the limit for the connection
     */
    public static ProviderClient checking(
            Destinations destinations, String name, HttpSettings settings, Ticker ticker) {
        return checking(CheckedResolver.ofPlatform(destinations), name, settings, ticker);
    }

    static ProviderClient checking(
            CheckedResolver resolver, String name, HttpSettings settings, Ticker ticker) {
        return new ProviderClient(name, settings, ticker, http -> http.resolver(resolver));
    }

    private static ConnectionProvider pool(String name, HttpSettings settings) {
        return ConnectionProvider.builder("llm-" + name)
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(settings.maxConnections())
                .pendingAcquireTimeout(LONGEST_CONNECT)
                .maxIdleTime(settings.maxIdle())
                .maxLifeTime(settings.maxAge())
                .evictInBackground(EVICTION)
                .lifo() // the connection used last is the one least likely to have been closed
                .build();
    }

    private static HttpClient http(ConnectionProvider pool) {
        return HttpClient.create(pool)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LONGEST_CONNECT.toMillis())
                .followRedirect(false)
                .compress(false)
                .disableRetry(true)
                .doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline()
                                .addAfter(
                                        NettyPipeline.HttpCodec,
                                        InformationalResponses.NAME,
                                        new InformationalResponses()));
    }

    /**
     * One request.
     *
     * @param json the body
     * @param connectLimit until the request can be written
     * @param streamed whether the answer is to be a stream; without, a whole one is taken too
     */
    public record Request(
            URI uri,
            Map<String, String> headers,
            byte[] json,
            Duration connectLimit,
            boolean streamed) {}

    /**
     * Posts once per subscription. Fails with {@link ModelFailure} only, which knows the provider's
     * id of the request where there is one; cancelling closes the connection.
     *
     * @param reader reads the answer; used up by it
     * @param failures says what a response means that is no answer
     */
    public Flux<ModelChunk> call(Request request, ResponseReader reader, FailureReader failures) {
        return Flux.defer(() -> {
            var progress = new CallProgress();
            return exchange(request, reader, failures, progress)
                    .timeout(notConnectedWithin(request.connectLimit(), progress))
                    .onErrorMap(
                            failure -> classified(failure, progress).about(progress.requestId()));
        });
    }

    /**
     * Posts once per subscription, and reads a whole answer that is no conversation. Fails as
     * {@link #call} does, and with what the reader fails with.
     *
     * @param reader reads the body, JSON as far as its content type tells; called on an event loop
     */
    public <T> Mono<T> ask(Request request, Function<byte[], T> reader, FailureReader failures) {
        return Mono.defer(() -> {
            var progress = new CallProgress();
            return posted(request, progress)
                    .exchangeToMono(response -> {
                        progress.answered(RequestId.in(response.headers().asHttpHeaders()));
                        return isSuccess(response, MediaType.APPLICATION_JSON)
                                ? body(response).map(reader)
                                : this.<T>failure(response, failures);
                    })
                    .timeout(notConnectedWithin(request.connectLimit(), progress))
                    .onErrorMap(
                            failure -> classified(failure, progress).about(progress.requestId()));
        });
    }

    private WebClient.RequestHeadersSpec<?> posted(Request request, CallProgress progress) {
        return client.post()
                .uri(request.uri())
                .headers(headers -> request.headers().forEach(headers::set))
                .contentType(MediaType.APPLICATION_JSON)
                .accept(
                        request.streamed()
                                ? MediaType.TEXT_EVENT_STREAM
                                : MediaType.APPLICATION_JSON)
                .httpRequest(written -> progress.connected())
                .bodyValue(request.json());
    }

    private Flux<ModelChunk> exchange(
            Request request, ResponseReader reader, FailureReader failures, CallProgress progress) {
        return posted(request, progress)
                .exchangeToFlux(response -> {
                    progress.answered(RequestId.in(response.headers().asHttpHeaders()));
                    if (isSuccess(response, MediaType.TEXT_EVENT_STREAM)) {
                        return streamed(response, reader, progress);
                    }
                    return !request.streamed() && isSuccess(response, MediaType.APPLICATION_JSON)
                            ? whole(response, reader, progress)
                            : this.<ModelChunk>failure(response, failures).flux();
                });
    }

    /**
     * Signals only when the limit has passed and the request is still waiting for its connection.
     */
    private Mono<Boolean> notConnectedWithin(Duration limit, CallProgress progress) {
        return ticker.pause(limit)
                .then(
                        Mono.defer(() ->
                                progress.isConnected() ? Mono.<Boolean>never() : Mono.just(true)));
    }

    private static boolean isSuccess(ClientResponse response, MediaType expected) {
        return response.statusCode().is2xxSuccessful()
                && response.headers()
                        .contentType()
                        .map(type -> type.isCompatibleWith(expected))
                        .orElse(false);
    }

    private Flux<ModelChunk> streamed(
            ClientResponse response, ResponseReader reader, CallProgress progress) {
        var decoder = new EventStreamDecoder((int) settings.maxEvent().toBytes());
        return bounded(response)
                .map(decoder::decode)
                .concatMapIterable(events -> events)
                .map(event -> progress.begun(reader.read(event), reader))
                .timeout(Mono.never(), chunks -> silenceAfter(reader), Flux.empty())
                .concatMapIterable(chunks -> chunks);
    }

    private Publisher<Void> silenceAfter(ResponseReader reader) {
        return reader.isDone() ? ticker.pause(LONGEST_GOODBYE) : Mono.never();
    }

    private Flux<ModelChunk> whole(
            ClientResponse response, ResponseReader reader, CallProgress progress) {
        return body(response)
                .flatMapIterable(body -> progress.begun(reader.readWhole(body), reader));
    }

    private Mono<byte[]> body(ClientResponse response) {
        return bounded(response)
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(ByteArrayOutputStream::toByteArray);
    }

    /** The body, as long as it does not become too large. */
    private Flux<byte[]> bounded(ClientResponse response) {
        var budget = new ByteBudget(settings.maxResponse().toBytes());
        return response.bodyToFlux(DataBuffer.class)
                .map(Buffers::taken)
                .doOnNext(bytes -> budget.spend(bytes.length));
    }

    /** What is too large, cut off or not said in time is done without: the status tells enough. */
    private <T> Mono<T> failure(ClientResponse response, FailureReader failures) {
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), MAX_ERROR_BODY_BYTES)
                .map(Buffers::taken)
                .timeout(ticker.pause(HttpSettings.LONGEST_ERROR))
                .onErrorReturn(new byte[0])
                .defaultIfEmpty(new byte[0])
                .flatMap(body ->
                        Mono.error(
                                failures.read(
                                        response.statusCode().value(),
                                        response.headers().asHttpHeaders(),
                                        body)));
    }

    private static ModelFailure classified(Throwable failure, CallProgress progress) {
        if (failure instanceof ModelFailure known) {
            return known;
        }
        var cause =
                failure instanceof WebClientRequestException wrapped
                        ? wrapped.getMostSpecificCause()
                        : failure;
        if (cause instanceof RefusedEndpoint refused) {
            return new ModelFailure.RejectedInput("endpoint " + refused.reason().code());
        }
        if (!progress.isConnected()
                && (cause instanceof TimeoutException
                        || cause instanceof ConnectTimeoutException)) {
            return new ModelFailure.TimedOut(ModelFailure.TimedOut.Limit.CONNECT);
        }
        if (!progress.isAnswered()) {
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
