package dev.orrery.llm.gateway;

import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.chain.CallMeters;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.gateway.limits.RateLimits;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.prices.Prices;
import dev.orrery.llm.scripted.Script;
import dev.orrery.llm.scripted.ScriptedModel;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.fallback.FallbackRules;
import dev.orrery.pipeline.fallback.FallbackSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway on a real port, assembled as the app assembles it, with models that play scripts and
 * the built-in rules: whatever is asked, {@code gemini} comes last.
 */
final class RunningGateway implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int MAX_REPLY_CHARS = 10_000;

    /** Little, so that a reader that does not read is noticed before much was sent. */
    static final int SOCKET_BYTES = 4 * 1024;

    private final Ticker ticker = Ticker.system();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, ChatModel> models = new ConcurrentHashMap<>();
    private final Map<URI, ChatModel> endpoints = new ConcurrentHashMap<>();
    private final RateLimits rates;
    private final DisposableServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningGateway(String... settings) {
        this(CallGate.ALWAYS_OPEN, Prices.UNKNOWN, settings);
    }

    RunningGateway(CallGate gate, Prices prices, String... settings) {
        var configuration = new GatewayConfiguration();
        var bound = settings(settings);
        var clock = Clock.systemUTC();
        rates = configuration.gatewayRates(bound, ticker, meters);
        var named = new GatewayModels(this::model, this::endpoint);
        var chain =
                new FallbackChain(
                        named,
                        gate,
                        prices,
                        List.of(new CallMeters(meters)),
                        MAX_REPLY_CHARS,
                        ticker,
                        clock);
        var rules = new FallbackRules(List.of(), FallbackSettings.DEFAULT);
        var router =
                configuration.gateway(
                        bound,
                        rates,
                        configuration.gatewayGenerations(chain, bound, clock, ticker),
                        wish -> rules.plan(wish).steps(),
                        this::endpoint,
                        clock,
                        ticker);
        var handler =
                WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(router))
                        .filter(configuration.gatewayAudit(ticker, meters))
                        .exceptionHandler(configuration.gatewayProblems())
                        .build();
        server =
                configuration
                        .gatewayReaders(bound)
                        .apply(HttpServer.create())
                        .childOption(ChannelOption.SO_SNDBUF, SOCKET_BYTES)
                        .host("127.0.0.1")
                        .port(0)
                        .handle(new ReactorHttpHandlerAdapter(handler))
                        .bindNow();
    }

    static GatewaySettings settings(String... settings) {
        var values = new HashMap<String, String>();
        values.put("orrery.gateway.tokens.key", Tokens.KEY);
        for (var setting : settings) {
            int equals = setting.indexOf('=');
            values.put(
                    "orrery.gateway." + setting.substring(0, equals),
                    setting.substring(equals + 1));
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("orrery.gateway", GatewaySettings.class);
    }

    private Optional<ChatModel> model(String provider) {
        return Optional.ofNullable(models.get(provider));
    }

    private Optional<ChatModel> endpoint(URI endpoint) {
        return Optional.ofNullable(endpoints.get(endpoint));
    }

    ScriptedModel model(String provider, Script... scripts) {
        var model = new ScriptedModel(ticker, scripts);
        models.put(provider, model);
        return model;
    }

    /** Gives a provider a model that is none of a script. */
    void model(String provider, ChatModel model) {
        models.put(provider, model);
    }

    ScriptedModel endpoint(String address, Script... scripts) {
        var model = new ScriptedModel(ticker, scripts);
        endpoints.put(URI.create(address), model);
        return model;
    }

    double counted(String outcome) {
        var timer = meters.find("orrery.gateway.calls").tag("outcome", outcome).timer();
        return timer == null ? 0 : timer.count();
    }

    /** What was measured of calls to providers: the values of a tag. */
    List<String> tags(String meter, String tag) {
        return meters.find(meter).meters().stream()
                .map(found -> String.valueOf(found.getId().getTag(tag)))
                .toList();
    }

    /** A request with a good token, to which a test adds a body. */
    HttpRequest.Builder request(String path) {
        return request(path, "tests");
    }

    HttpRequest.Builder request(String path, String service) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .header("Authorization", "jwt " + Tokens.of(service))
                .header("Content-Type", "application/json");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    Answer post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(byte[] body) {
        return send(request("/v1/generate/").POST(BodyPublishers.ofByteArray(body)).build());
    }

    Answer postAs(String service, String body) {
        return send(request("/v1/generate/", service).POST(BodyPublishers.ofString(body)).build());
    }

    Answer send(HttpRequest request) {
        return answer(http.sendAsync(request, BodyHandlers.ofString()).join());
    }

    CompletableFuture<Answer> sending(String body) {
        var request = request("/v1/generate/").POST(BodyPublishers.ofString(body)).build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(RunningGateway::answer);
    }

    /** A stream that is read by the test; closing it hangs up. */
    InputStream open(String body) throws IOException, InterruptedException {
        var request = request("/v1/generate/").POST(BodyPublishers.ofString(body)).build();
        return http.send(request, BodyHandlers.ofInputStream()).body();
    }

    /** Breaks every connection to the gateway. */
    void hangUp() {
        http.shutdownNow();
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** What the gateway answered. */
    record Answer(int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String code() {
            return json().path("code").asString("");
        }

        String detail() {
            return json().path("detail").asString("");
        }

        /** The data of each event, in order. */
        List<String> events() {
            return body.lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .toList();
        }

        /** Those events that are objects. */
        List<JsonNode> chunks() {
            return events().stream()
                    .filter(event -> event.startsWith("{"))
                    .map(event -> JsonMapper.shared().readTree(event))
                    .toList();
        }
    }

    @Override
    public void close() {
        http.close();
        server.disposeNow();
        rates.close();
    }
}
