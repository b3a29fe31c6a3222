package dev.orrery.tools.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the door on behalf of one user. Blocks the calling thread, which is meant to be a
 * virtual one where many are needed. Safe to share between threads.
 */
public final class Door implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    /** The answer to a resumption after the last event: such a stream is not to be opened again. */
    private static final int NOTHING_LEFT = 204;

    private static final Duration PAUSE_BETWEEN_RESUMES = Duration.ofMillis(500);

    private final URI base;
    private final String token;
    private final Clock clock;
    private final HttpClient http;

    public Door(URI base, String token) {
        this(base, token, Clock.systemUTC());
    }

    /**
     * @param clock measures how long a reply is silent
     */
    Door(URI base, String token, Clock clock) {
        this.clock = clock;
        this.base = base;
        this.token = token;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return exchange(request(path).GET());
    }

    public JsonNode put(String path, Object body) throws IOException, InterruptedException {
        return exchange(request(path).header("Content-Type", "application/json").PUT(json(body)));
    }

    public JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return exchange(request(path).header("Content-Type", "application/json").POST(json(body)));
    }

    /**
     * Posts a message and reads its reply to the end, picking the stream up again wherever it
     * broke.
     *
     * @param onBreak told each time the stream broke and is about to be resumed
     * @throws DoorRefused when the message was not accepted
     * @throws IOException when nothing more of the reply came for two minutes
     */
    public void converse(String session, String text, Consumer<ReplyPart> reader, Runnable onBreak)
            throws IOException, InterruptedException {
        var key =
                UUID.randomUUID()
                        .toString(); // lets a post whose answer was lost be repeated safely
        var reply = new Reading(reader, -1);
        while (true) {
            var broken = readOn(reply, session, text, key);
            if (reply.ended) {
                return;
            }
            if (reply.silence().compareTo(LONGEST_SILENCE) > 0) {
                throw broken != null
                        ? broken
                        : new IOException("the reply did not go on within " + LONGEST_SILENCE);
            }
            onBreak.run();
            Thread.sleep(PAUSE_BETWEEN_RESUMES);
        }
    }

    /**
     * Reads on until the reply or its connection ends; gives the failure that ended the latter, if
     * it was one.
     *
     * @throws DoorRefused when asking again would not help
     */
    private @Nullable IOException readOn(Reading reply, String session, String text, String key)
            throws DoorRefused, InterruptedException {
        try {
            reply.read(
                    reply.messageId.isEmpty()
                            ? post(session, text, key)
                            : streamed(resumption(reply.messageId, reply.lastId)));
            return null;
        } catch (DoorRefused refused) {
            if (!refused.isTemporary()) {
                throw refused;
            }
            return refused;
        } catch (IOException broken) {
            return broken;
        }
    }

    /**
     * Reads what a reply holds after this id, on one connection, until it ends or the connection
     * does.
     */
    public void read(String messageId, long lastId, Consumer<ReplyPart> reader)
            throws IOException, InterruptedException {
        new Reading(reader, lastId).read(streamed(resumption(messageId, lastId)));
    }

    private Optional<InputStream> post(String session, String text, String key)
            throws IOException, InterruptedException {
        return streamed(
                request("/v1/sessions/" + session + "/messages")
                        .header("Accept", "text/event-stream")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "\"" + key + "\"")
                        .POST(json(Map.of("text", text))));
    }

    private HttpRequest.Builder resumption(String messageId, long lastId) {
        return request("/v1/messages/" + messageId + "/events")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(lastId))
                .GET();
    }

    /** The body as it comes; empty where there is none to come, ever. */
    private Optional<InputStream> streamed(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var response = answered(request.build());
        if (response.statusCode() == NOTHING_LEFT) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            try (var body = response.body()) {
                throw new DoorRefused(
                        response.statusCode(),
                        new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return Optional.of(response.body());
    }

    /** Timed until the head of the answer is there; its body may take as long as a reply does. */
    private HttpResponse<InputStream> answered(HttpRequest request)
            throws IOException, InterruptedException {
        var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return answer.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("the door did not answer within " + REQUEST_TIMEOUT);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException broken
                    ? broken
                    : new IOException("the door could not be asked", failure.getCause());
        } finally {
            answer.cancel(true); // without effect once it is there
        }
    }

    private JsonNode exchange(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var response =
                http.send(
                        request.timeout(REQUEST_TIMEOUT).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() >= 300) {
            throw new DoorRefused(response.statusCode(), response.body());
        }
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    }

    @Override
    public void close() {
        http.close();
    }

    /** How far a reply has been read, over all its connections. */
    private final class Reading {

        private final Consumer<ReplyPart> reader;
        private Instant lastHeard = clock.instant();
        private String messageId = "";
        private long lastId;
        private boolean ended;

        private Reading(Consumer<ReplyPart> reader, long lastId) {
            this.reader = reader;
            this.lastId = lastId;
        }

        /** Since its last part, or since it was asked for. */
        private Duration silence() {
            return Duration.between(lastHeard, clock.instant());
        }

        private void read(Optional<InputStream> body) throws IOException {
            if (body.isEmpty()) {
                ended = true;
                return;
            }
            var parser = new ReplyParser();
            try (var lines =
                    new BufferedReader(new InputStreamReader(body.get(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null && !ended; line = lines.readLine()) {
                    parser.line(line).ifPresent(this::take);
                }
            }
        }

        private void take(ReplyPart part) {
            if (part.name().equals("accepted")) {
                messageId = part.data().path("message_id").asString();
            }
            if (part.id() > lastId) {
                lastId = part.id();
                ended = part.isTerminal();
                reader.accept(part);
                lastHeard = clock.instant();
            }
        }
    }
}
