package dev.orrery.enrichment.http;

import dev.orrery.enrichment.source.SourceFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;

/**
 * Asks one service and reads JSON back. Redirects are not followed, an answer is read up to its
 * limit and parsed strictly, and after a 429 nothing is sent until the time of its {@code
 * Retry-After} has come, or for a second. Timer {@value #METER}, with the tags {@code service},
 * {@code call} and {@code outcome}.
 *
 * <p>Thread safety: may be used on any thread; never blocks. Answers arrive on an event loop.
 * Whoever made the client closes it.
 */
public final class JsonClient implements AutoCloseable {

    private static final String METER = "orrery.enrichment.call";

    private static final Duration MAX_IDLE = Duration.ofSeconds(15);
    private static final Duration MAX_AGE = Duration.ofMinutes(5); // changes of DNS are noticed
    private static final Duration EVICTION = Duration.ofSeconds(5);

    private final String service;
    private final String baseUrl;
    private final HttpSettings settings;
    private final Clock clock;
    private final MeterRegistry meters;
    private final ConnectionProvider pool;
    private final HttpClient http;
    private final Silence silence;

    /**
     * @param service its name, for metrics
     * @param baseUrl what every path is appended to
     * @param headers sent with every call; may hold credentials
     */
    public JsonClient(
            String service,
            URI baseUrl,
            Map<String, String> headers,
            HttpSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.service = service;
        this.baseUrl = baseUrl.toString().replaceAll("/+$", "");
        this.settings = settings;
        this.clock = clock;
        this.silence = new Silence(clock);
        this.meters = meters;
        this.pool =
                ConnectionProvider.builder("enrichment-" + service)
                        .maxConnections(settings.maxConnections())
                        .pendingAcquireMaxCount(settings.maxWaiting())
                        .pendingAcquireTimeout(settings.connectLimit())
                        .maxIdleTime(MAX_IDLE)
                        .maxLifeTime(MAX_AGE)
                        .evictInBackground(EVICTION)
                        .lifo()
                        .build();
        this.http =
                HttpClient.create(pool)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) settings.connectLimit().toMillis())
                        .followRedirect(false)
                        .headers(sent -> {
                            headers.forEach(sent::set);
                            sent.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
                            sent.set(HttpHeaderNames.ACCEPT, "application/json");
                        });
    }

    /**
     * Posts once per subscription; cancelling closes the connection. Fails with {@link
     * SourceFailure} only. Has no time limit of its own but for the connection.
     *
     * @param path below the base URL, beginning with a slash
     */
    public Mono<JsonNode> post(String path, JsonNode body) {
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return asked(
                path,
                http.post()
                        .uri(baseUrl + path)
                        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes))));
    }

    /**
     * Gets once per subscription, otherwise as {@link #post}.
     *
     * @param query without a question mark, escaped where that is needed
     */
    public Mono<JsonNode> get(String path, String query) {
        return asked(path, http.get().uri(baseUrl + path + "?" + query));
    }

    private Mono<JsonNode> asked(String path, HttpClient.ResponseReceiver<?> request) {
        return Mono.defer(() -> {
            if (silence.isKept()) {
                return Mono.error(
                        new SourceFailure.RateLimited("asked to wait until " + silence.until()));
            }
            long began = System.nanoTime();
            return exchange(request)
                    .onErrorMap(JsonClient::classified)
                    .doOnSuccess(answer -> record(path, "answered", began))
                    .doOnError(SourceFailure.class, failure -> record(path, failure.code(), began));
        });
    }

    private Mono<JsonNode> exchange(HttpClient.ResponseReceiver<?> request) {
        return request.response((response, content) ->
                        response.status().code() == 200 ? answer(content) : failure(response))
                .single();
    }

    private Flux<JsonNode> answer(ByteBufFlux content) {
        return content.asByteArray()
                .collect(
                        () -> new BoundedBody((int) settings.maxResponse().toBytes()),
                        BoundedBody::add)
                .map(body -> StrictJson.read(body.bytes()))
                .flux();
    }

    private Flux<JsonNode> failure(HttpClientResponse response) {
        int status = response.status().code();
        return Flux.error(
                switch (status) {
                    case 429 -> rateLimited(response);
                    case 408 -> new SourceFailure.Failing(status);
                    default ->
                            status >= 500
                                    ? new SourceFailure.Failing(status)
                                    : new SourceFailure.Refused(status);
                });
    }

    private SourceFailure rateLimited(HttpClientResponse response) {
        var wait = RetryAfter.of(response.responseHeaders(), clock);
        silence.keepFor(wait);
        return new SourceFailure.RateLimited("status 429, wait " + wait.toSeconds() + " s");
    }

    private static Throwable classified(Throwable failure) {
        return switch (failure) {
            case SourceFailure known -> known;
            case PoolAcquirePendingLimitException full ->
                    new SourceFailure.Overloaded("no more calls may wait for a connection");
            case PoolAcquireTimeoutException late ->
                    new SourceFailure.Overloaded("no connection became free in time");
            default -> new SourceFailure.Unreachable(failure.getClass().getName(), failure);
        };
    }

    private void record(String path, String outcome, long began) {
        meters.timer(METER, "service", service, "call", path.substring(1), "outcome", outcome)
                .record(Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
