package dev.orrery.ingest.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Somebody who talks to the door. */
public final class User {

    public static final String PROFILE =
            """
            {"name": "Asha", "gender": "female", "language": "en", "country": "IN",
             "birth": {"date": "1995-08-21", "time": "06:45", "place": "Pune",
                       "latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};

    private final RunningDoor door;
    private final String name;
    private final WebClient http;

    User(RunningDoor door, String name) {
        this.door = door;
        this.name = name;
        this.http = WebClient.create(door.url());
    }

    public String name() {
        return name;
    }

    /** The same person at another instance. */
    public User at(RunningDoor other) {
        return new User(other, name);
    }

    public Answer get(String path) {
        return send(HttpMethod.GET, path, null, Map.of());
    }

    public Answer post(String path, String body) {
        return send(HttpMethod.POST, path, body, Map.of());
    }

    public Answer put(String path, String body) {
        return send(HttpMethod.PUT, path, body, Map.of());
    }

    public Answer patch(String path, String body) {
        return send(HttpMethod.PATCH, path, body, Map.of());
    }

    public Answer delete(String path) {
        return send(HttpMethod.DELETE, path, null, Map.of());
    }

    /** Every item of a list, page after page of this size. */
    public List<JsonNode> all(String path, int limit) {
        var items = new ArrayList<JsonNode>();
        var next = path + "?limit=" + limit;
        while (!next.isEmpty()) {
            var page = get(next);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            items.addAll(page.json().path("items").valueStream().toList());
            assertThat(page.json().path("items").size()).isLessThanOrEqualTo(limit);
            next =
                    page.text("next").isEmpty()
                            ? ""
                            : path + "?limit=" + limit + "&cursor=" + page.text("next");
        }
        return items;
    }

    public Answer send(
            HttpMethod method, String path, @Nullable String body, Map<String, String> headers) {
        return requireNonNull(later(method, path, body, headers).block(PATIENCE));
    }

    /** As {@link #send}; nothing happens before it is subscribed to. */
    public Mono<Answer> later(
            HttpMethod method, String path, @Nullable String body, Map<String, String> headers) {
        var bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        return exchange(method, path, bytes, all -> headers.forEach(all::set));
    }

    /** A body of any bytes, as JSON unless the headers say otherwise. */
    public Answer send(HttpMethod method, String path, byte[] body, Consumer<HttpHeaders> headers) {
        return requireNonNull(exchange(method, path, body, headers).block(PATIENCE));
    }

    private Mono<Answer> exchange(
            HttpMethod method, String path, byte @Nullable [] body, Consumer<HttpHeaders> headers) {
        var request =
                http.method(method)
                        .uri(URI.create(door.url() + path))
                        .headers(all -> all.setBearerAuth(token(path)));
        var ready =
                body == null
                        ? request.headers(headers)
                        : request.contentType(MediaType.APPLICATION_JSON)
                                .headers(headers)
                                .bodyValue(body);
        return ready.exchangeToMono(response ->
                response.bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(text ->
                                new Answer(
                                        response.statusCode().value(),
                                        response.headers().asHttpHeaders(),
                                        text)));
    }

    private String token(String path) {
        return Tokens.of(name, path.startsWith("/admin") ? "admin" : "chat");
    }

    public Answer putProfile() {
        return send(HttpMethod.PUT, "/v1/me", PROFILE, Map.of());
    }

    public Answer topUp(long micros) {
        return post(
                "/admin/v1/wallets/" + name + "/top-ups",
                "{\"payment_id\": \""
                        + UUID.randomUUID()
                        + "\", \"amount_micros\": "
                        + micros
                        + ", \"currency\": \"INR\"}");
    }

    /** As an operator: gives the bot a configuration, activates it and returns its id. */
    public String configure(String bot) {
        var config =
                post(
                                "/admin/v1/bots/" + bot + "/llm-configs",
                                "{\"provider\": \"openai\", \"model\": \"echo\", \"prompt\": \"You are a test.\"}")
                        .text("id");
        activate(config, "");
        return config;
    }

    /** As an operator: activates a configuration. */
    public Answer activate(String config, String choice) {
        return post("/admin/v1/llm-configs/" + config + "/activate", choice);
    }

    /** As an operator: a bot that is live and free, with an active configuration; its slug. */
    public String liveBot() {
        var slug =
                post(
                                "/admin/v1/bots",
                                "{\"name\": \"Bot "
                                        + UUID.randomUUID()
                                        + "\", \"status\": \"live\"}")
                        .text("slug");
        configure(slug);
        return slug;
    }

    /** Begins a session and returns its id. */
    public String begin(String bot) {
        return post("/v1/sessions", "{\"bot\": \"" + bot + "\"}").text("id");
    }

    public Answer say(String session, String text) {
        return post("/v1/sessions/" + session + "/messages", "{\"text\": \"" + text + "\"}");
    }

    public Answer say(String session, String text, String key) {
        return send(
                HttpMethod.POST,
                "/v1/sessions/" + session + "/messages",
                "{\"text\": \"" + text + "\"}",
                Map.of("Idempotency-Key", key));
    }

    /** Posts a message and streams its reply. */
    public Flux<ShownEvent> converse(String session, String text) {
        return shown(
                http.post()
                        .uri("/v1/sessions/" + session + "/messages")
                        .headers(all -> all.setBearerAuth(Tokens.of(name, "chat")))
                        .accept(MediaType.TEXT_EVENT_STREAM)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{\"text\": \"" + text + "\"}"));
    }

    /** Streams the reply of a message, from behind an event on; null from the beginning. */
    public Flux<ShownEvent> stream(String message, @Nullable Long lastEventId) {
        return shown(
                http.get()
                        .uri("/v1/messages/" + message + "/events")
                        .headers(all -> all.setBearerAuth(Tokens.of(name, "chat")))
                        .headers(all -> {
                            if (lastEventId != null) {
                                all.set("Last-Event-ID", lastEventId.toString());
                            }
                        })
                        .accept(MediaType.TEXT_EVENT_STREAM));
    }

    /** The whole stream, to its end. */
    public List<ShownEvent> read(String message, @Nullable Long lastEventId) {
        return requireNonNull(stream(message, lastEventId).collectList().block(PATIENCE));
    }

    private static Flux<ShownEvent> shown(WebClient.RequestHeadersSpec<?> request) {
        return request.retrieve()
                .bodyToFlux(EVENT)
                .filter(event -> event.id() != null)
                .map(event ->
                        new ShownEvent(
                                Long.parseLong(requireNonNull(event.id())),
                                requireNonNull(event.event()),
                                requireNonNull(event.data())));
    }
}
