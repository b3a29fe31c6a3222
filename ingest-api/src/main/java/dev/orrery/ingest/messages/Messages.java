package dev.orrery.ingest.messages;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.replies.ReplyAddress;
import dev.orrery.ingest.replies.ReplyTails;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.turn.TurnColumns;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accepts messages: one function, one round trip, one commit, all of it or nothing. */
@Component
final class Messages {

    private final Store store;
    private final ReplyTails tails;
    private final MessageSettings settings;
    private final JsonMapper json;

    Messages(Store store, ReplyTails tails, MessageSettings settings, JsonMapper json) {
        this.store = store;
        this.tails = tails;
        this.settings = settings;
        this.json = json;
    }

    /**
     * Makes the message durable, or fails with the {@link Problem} that stands in its way. When
     * PostgreSQL does not answer in time the client is told to come back; should the row exist
     * after all, the sweeper sees to it.
     */
    Mono<Acceptance> accept(PostedMessage message) {
        return Mono.defer(() ->
                tails.address()
                        .map(address -> ask(message, address))
                        .orElseGet(() -> Mono.error(notListening())));
    }

    private Mono<Acceptance> ask(PostedMessage message, ReplyAddress address) {
        var statement =
                store.sql(
                                """
                                select x.verdict, x.detail, (x.turn).*
                                  from chat.accept_turn($1, $2, $3, $4, $5, $6, $7, $8, $9) x
                                """)
                        .bind(0, message.id())
                        .bind(1, message.session())
                        .bind(2, message.user())
                        .bind(3, message.text())
                        .bind(4, message.hash())
                        .bind(5, Math.toIntExact(settings.deadline().toMillis()))
                        .bind(6, Math.toIntExact(settings.grace().toMillis()))
                        .bind(7, address.partition())
                        .bind(8, address.offset());
        return store.one(statement, this::acceptance);
    }

    private Acceptance acceptance(Readable row) {
        var verdict = required(row, "verdict", String.class);
        return switch (verdict) {
            case "accepted" -> new Acceptance(TurnColumns.read(row), true);
            case "existing" -> new Acceptance(TurnColumns.read(row), false);
            default -> throw refusal(verdict, detail(row));
        };
    }

    private static Problem refusal(String verdict, JsonNode detail) {
        return switch (verdict) {
            case "conflict" ->
                    new Problem(
                            ProblemCode.IDEMPOTENCY_CONFLICT,
                            IdempotencyKey.HEADER
                                    + ": used before (expected: a new key, or the same session and text)");
            case "unknown_session" -> Problem.notFound();
            case "session_closed" ->
                    new Problem(
                            ProblemCode.SESSION_CLOSED,
                            "the session is closed (expected: POST /v1/sessions)");
            case "turn_in_progress" -> inProgress(detail.path("turn_id").asString());
            case "bot_unavailable" ->
                    new Problem(
                            ProblemCode.BOT_NOT_AVAILABLE, "the bot of this session is not live");
            case "bot_not_configured" ->
                    new Problem(
                            ProblemCode.BOT_NOT_CONFIGURED,
                            "the bot of this session has no active configuration");
            case "profile_incomplete" -> incomplete(detail.path("missing"));
            case "payment_required" ->
                    new Problem(
                            ProblemCode.PAYMENT_REQUIRED,
                            "the balance does not cover the most that this message can cost",
                            Map.of("needed_micros", detail.path("needed_micros").asLong()));
            default ->
                    throw new IllegalStateException("BUG: verdict of chat.accept_turn: " + verdict);
        };
    }

    private static Problem inProgress(String running) {
        return new Problem(
                ProblemCode.TURN_IN_PROGRESS,
                "message "
                        + running
                        + " is being answered (expected: one message of a session at a time)",
                Map.of("message_id", running, "links", MessageLinks.of(running)));
    }

    private static Problem incomplete(JsonNode missing) {
        List<String> fields = new ArrayList<>();
        missing.forEach(field -> fields.add(field.asString()));
        return new Problem(
                ProblemCode.PROFILE_INCOMPLETE,
                "missing: "
                        + String.join(", ", fields)
                        + " (expected: PUT /v1/me with these fields)",
                Map.of("missing", List.copyOf(fields)));
    }

    private JsonNode detail(Readable row) {
        @Nullable String detail = row.get("detail", String.class);
        return json.readTree(detail == null ? "{}" : detail);
    }

    private static Problem notListening() {
        return ProblemCode.unavailable("replies could not be delivered yet");
    }
}
