package dev.orrery.ingest.admin.prompts;

import static java.util.Objects.requireNonNullElse;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.Greeting;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Summary;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a preview is told of a turn, in the forms that people write by hand. */
final class GivenScene {

    private static final int MOST_MESSAGES = 2_000;
    private static final int MOST_FACTS = 20;
    private static final int MOST_MEMORIES = 100;
    private static final int LONGEST_TEXT = 100_000;

    private GivenScene() {}

    /** The frozen instant; null when the body names none. */
    static @Nullable Instant at(Fields body) {
        var at = body.optionalText("at", 64);
        if (at == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException unreadable) {
            throw body.invalid("at", "not an instant (expected: for example 2026-01-15T09:15:00Z)");
        }
    }

    /** Texts, oldest first. */
    static List<String> memories(Fields body) {
        var given = GivenJson.of(body, "memories");
        if (given == null) {
            return List.of();
        }
        if (!given.isArray() || given.size() > MOST_MEMORIES) {
            throw body.invalid(
                    "memories", "unusable (expected: a list of at most " + MOST_MEMORIES + ")");
        }
        var memories = new ArrayList<String>();
        for (var memory : given) {
            memories.add(
                    memory.isObject() ? memory.path("text").asString("") : memory.asString(""));
        }
        return memories;
    }

    /** Empty for a bot that waits to be asked. */
    static String greeting(Fields body) {
        var greeting = body.anyText("greeting", Greeting.LONGEST);
        return greeting == null ? "" : greeting;
    }

    /** As if it was the first one; null when the body tells none. */
    static @Nullable Summary summary(Fields body) {
        var text = body.anyText("summary", LONGEST_TEXT);
        return text == null || text.isBlank() ? null : new Summary(1, 1, text);
    }

    /**
     * Turns, {@code {"user": …, "bot": …}}, or messages, {@code {"role": …, "text": …}}, oldest
     * first. Of messages, an answer belongs to the question before it; what has no answer is no
     * completed turn and is left out, as in a session.
     */
    static List<Exchange> history(Fields body) {
        var given =
                body.objects("history", MOST_MESSAGES, message -> message).stream()
                        .map(GivenScene::said)
                        .toList();
        var exchanges = new ArrayList<Exchange>();
        String question = null;
        for (var said : given) {
            if (said.user() != null) {
                question = said.user();
            }
            if (said.bot() != null && question != null) {
                exchanges.add(new Exchange(question, said.bot()));
                question = null;
            }
        }
        return exchanges;
    }

    private record Said(@Nullable String user, @Nullable String bot) {}

    private static Said said(Fields message) {
        if (!message.has("role") && !message.has("sender_type")) {
            message.allowing("user", "bot");
            return new Said(
                    message.anyText("user", LONGEST_TEXT), message.anyText("bot", LONGEST_TEXT));
        }
        message.allowing("role", "sender_type", "text", "content", "message");
        var role = message.text(message.has("role") ? "role" : "sender_type", 32);
        var text = text(message);
        return switch (role) {
            case "user" -> new Said(text, null);
            case "bot", "assistant" -> new Said(null, text);
            default -> throw message.invalid("role", "unknown (expected: user or bot)");
        };
    }

    private static String text(Fields message) {
        for (var name : List.of("text", "content", "message")) {
            var text = message.anyText(name, LONGEST_TEXT);
            if (text != null) {
                return text;
            }
        }
        throw message.invalid("text", "missing (expected: a text)");
    }

    /**
     * By kind, {@code {"birth_chart": "…"}}, or as a list of {@code {"kind", "text", "state",
     * "absence", "fetched_at"}}.
     */
    static List<Fact> facts(Fields body) {
        var given = GivenJson.of(body, "facts");
        var facts = new ArrayList<Fact>();
        if (given == null) {
            return facts;
        }
        if (given.size() > MOST_FACTS) {
            throw body.invalid("facts", "too many (expected: at most " + MOST_FACTS + ")");
        }
        if (given.isObject()) {
            for (var each : given.properties()) {
                facts.add(fact(each.getKey(), each.getValue(), null, null, null));
            }
            return facts;
        }
        return body.objects("facts", MOST_FACTS, GivenScene::fact);
    }

    private static Fact fact(Fields fact) {
        fact.allowing("kind", "text", "state", "absence", "fetched_at", "layer", "took_millis");
        return fact(
                fact.text("kind", 64),
                GivenJson.of(fact, "text"),
                state(fact),
                fact.optionalText("absence", 64),
                fetchedAt(fact));
    }

    private static Fact fact(
            String kind,
            @Nullable JsonNode text,
            @Nullable FactState state,
            @Nullable String absence,
            @Nullable Instant fetchedAt) {
        var shown = text == null || text.isNull() ? null : shown(text);
        return Fact.newBuilder()
                .setKind(kind)
                .setState(
                        requireNonNullElse(
                                state, shown == null ? FactState.ABSENT : FactState.FRESH))
                .setLayer(shown == null ? CacheLayer.NONE : CacheLayer.API)
                .setText(shown)
                .setAbsence(absence)
                .setFetchedAt(fetchedAt)
                .build();
    }

    private static String shown(JsonNode text) {
        return text.isString() ? text.stringValue() : text.toString();
    }

    private static @Nullable FactState state(Fields fact) {
        var state = fact.optionalText("state", 16);
        return switch (state) {
            case null -> null;
            case "fresh", "FRESH" -> FactState.FRESH;
            case "stale", "STALE" -> FactState.STALE;
            case "absent", "ABSENT" -> FactState.ABSENT;
            default -> throw fact.invalid("state", "unknown (expected: fresh, stale or absent)");
        };
    }

    private static @Nullable Instant fetchedAt(Fields fact) {
        var at = fact.optionalText("fetched_at", 64);
        try {
            return at == null ? null : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Problem(
                    ProblemCode.INVALID_REQUEST,
                    "facts.fetched_at: not an instant (expected: for example 2026-01-15T09:15:00Z)");
        }
    }
}
