package dev.orrery.enrichment.factsapi;

import dev.orrery.embedded.testing.HandmadeTokens;
import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.facts.Facts;
import dev.orrery.enrichment.source.ServiceSource;
import dev.orrery.pipeline.gateway.tokens.TokenSettings;
import dev.orrery.pipeline.gateway.tokens.TokenSettings.BodyHash;
import dev.orrery.pipeline.profiles.Profiles;
import dev.orrery.pipeline.redis.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Facts on a port of their own, over a real Redis and a database that is away. */
final class FactsServer implements AutoCloseable {

    private static final String KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";
    private static final String OTHER_KEY = "w" + KEY.substring(1);
    private static final String HS256 = "{\"alg\":\"HS256\"}";
    private static final Duration LAYER_LIMIT = Duration.ofSeconds(2);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Redis redis = new Redis(SharedServers.redis().url(), LAYER_LIMIT);
    private final List<? extends ServiceSource<?, ?, ?>> sources;
    private final Facts facts;
    private final DisposableServer server;

    FactsServer(
            Profiles profiles,
            Clock clock,
            Duration patience,
            List<? extends ServiceSource<?, ?, ?>> sources) {
        this.sources = sources;
        var cache =
                new CacheSettings(
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(10),
                        LAYER_LIMIT,
                        LAYER_LIMIT,
                        Duration.ZERO,
                        Duration.ofMinutes(1));
        this.facts =
                Facts.of(
                        sources,
                        new FactCaches(cache, redis, FactsDatabase.away(), clock, meters),
                        meters);
        var tokens = new TokenSettings(KEY, "", Set.of(), "", BodyHash.OPTIONAL);
        var configuration = new FactsApiConfiguration();
        var routes =
                configuration.factsApi(
                        new FactsApiSettings(tokens, patience), profiles, facts, Clock.systemUTC());
        this.server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .handle(
                                new ReactorHttpHandlerAdapter(
                                        RouterFunctions.toHttpHandler(
                                                routes,
                                                HandlerStrategies.builder()
                                                        .webFilter(
                                                                configuration.factsApiWatch(meters))
                                                        .build())))
                        .bindNow();
    }

    /** What turns gather from. */
    Facts facts() {
        return facts;
    }

    long calls(String outcome) {
        var timer = meters.find("orrery.facts.api").tag("outcome", outcome).timer();
        return timer == null ? 0 : timer.count();
    }

    /** A token of the llm-worker, for any user and any body. */
    static String token() {
        return token("");
    }

    /**
     * @param more claims, each with a comma behind it
     */
    static String token(String more) {
        return signed(more, KEY);
    }

    static String tokenOfAnotherKey() {
        return signed("", OTHER_KEY);
    }

    private static String signed(String more, String key) {
        var claims =
                "{%s\"service\":\"llm-worker\",\"exp\":%d}"
                        .formatted(more, HandmadeTokens.inSeconds(600));
        return HandmadeTokens.signed(HS256, claims, "HmacSHA256", key);
    }

    HttpResponse<String> ask(String kind, String body) throws IOException, InterruptedException {
        return ask("POST", kind, body, "Authorization", "Bearer " + token());
    }

    HttpResponse<String> ask(String method, String kind, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + server.port() + "/v1/facts/" + kind))
                        .method(method, BodyPublishers.ofString(body))
                        .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.disposeNow();
        http.close();
        sources.forEach(ServiceSource::close);
        redis.close();
    }
}
