package dev.orrery.ingest.admin.prompts;

import dev.orrery.events.Fact;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.prompt.FittedPrompt;
import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.variables.Beginning;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Profile;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Summary;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a preview is asked for.
 *
 * @param bot null for the one of {@code botSlug}, or one that says nothing
 * @param user what the user says about themselves; in the form of a profile
 * @param userId whose profile stands in its place; null for nobody's
 * @param message what is being answered
 * @param greeting what the bot said first; empty for nothing
 * @param summary of what was said before the history; null for none
 * @param turn from which anything random is drawn
 * @param against slug of the bot whose active revision it is compared with; null for none
 * @param send whether a model is asked
 */
record PreviewRequest(
        GivenPrompt prompt,
        @Nullable GivenBot bot,
        @Nullable String botSlug,
        ObjectNode user,
        @Nullable String userId,
        String message,
        List<Exchange> history,
        List<Fact> facts,
        List<String> memories,
        String greeting,
        @Nullable Summary summary,
        @Nullable JsonNode app,
        @Nullable String language,
        Instant at,
        UUID turn,
        @Nullable String against,
        boolean send) {

    private static final String[] FIELDS = {
        "bot",
        "user",
        "user_id",
        "message",
        "history",
        "facts",
        "memories",
        "greeting",
        "summary",
        "app_id",
        "language",
        "at",
        "message_id",
        "against",
        "send"
    };

    private static final UUID NAMESPACE = UUID.fromString("5b0a1f4e-6c1d-4d55-9a57-0f5d1a2b0004");
    private static final int LONGEST_MESSAGE = 32_000;

    /**
     * @param now stands for the instant where the body names none
     */
    static PreviewRequest of(Fields body, Instant now) {
        body.allowing(
                Stream.of(GivenPrompt.FIELDS, FIELDS).flatMap(Stream::of).toArray(String[]::new));
        var given = GivenScene.at(body);
        var at = given == null ? now : given;
        var bot = GivenJson.of(body, "bot");
        boolean isSlug = bot != null && bot.isString();
        return new PreviewRequest(
                GivenPrompt.of(body),
                bot == null || isSlug ? null : GivenBot.of(body.object("bot")),
                isSlug ? body.text("bot", 255) : null,
                GivenJson.object(body, "user"),
                userId(body),
                message(body),
                GivenScene.history(body),
                GivenScene.facts(body),
                GivenScene.memories(body),
                GivenScene.greeting(body),
                GivenScene.summary(body),
                app(body),
                body.optionalText("language", 35),
                at,
                turn(body, at),
                body.optionalText("against", 255),
                body.flag("send", false));
    }

    private static @Nullable String userId(Fields body) {
        var id = body.optionalText("user_id", 255);
        if (id != null && body.has("user")) {
            throw body.invalid("user_id", "beside user (expected: one of them)");
        }
        return id;
    }

    private static String message(Fields body) {
        var message = body.anyText("message", LONGEST_MESSAGE);
        return message == null ? "" : message;
    }

    /** The number 4 and the text "4" name the same app. */
    private static @Nullable JsonNode app(Fields body) {
        var app = GivenJson.of(body, "app_id");
        if (app != null && !app.isString() && !app.isIntegralNumber()) {
            throw body.invalid("app_id", "something else (expected: a text)");
        }
        return app;
    }

    private static UUID turn(Fields body, Instant at) {
        var id = body.optionalText("message_id", 36);
        try {
            return id == null ? DerivedId.of(NAMESPACE, at.toString()) : UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw body.invalid("message_id", "not an id (expected: a UUID)");
        }
    }

    /** What this prompt would come to in the turn that it would meet. */
    FittedPrompt fitted(Prompt compiled, GivenPrompt as, Told told) {
        return FittedPrompt.of(
                compiled, scene(compiled, as, told), as.options().tools(), as.promptTokenLimit());
    }

    private Scene scene(Prompt compiled, GivenPrompt as, Told told) {
        var window =
                HistoryWindow.of(
                        compiled,
                        as.options(),
                        as.historyTurns(),
                        as.promptTokenLimit(),
                        message,
                        facts);
        return new Scene(
                turn,
                at,
                told.bot().bot(),
                new Profile(profile(told.profile())),
                message,
                window.of(history),
                facts,
                told.memories(),
                as.options().values(),
                new Beginning(greeting, told.summary().orElse(null)));
    }

    /** With the app and the language of the request, where it names them. */
    private ObjectNode profile(ObjectNode said) {
        var profile = said.deepCopy();
        if (app != null) {
            profile.put("app_id", app.asString());
        }
        if (language != null) {
            profile.put("language", language);
        }
        return profile;
    }

    /** Nothing: authors try prompts on what real people have said. */
    @Override
    public String toString() {
        return "PreviewRequest[]";
    }
}
