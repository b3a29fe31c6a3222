package dev.orrery.pipeline.prompt;

import dev.orrery.pipeline.prompt.template.Template;
import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.CleanText;
import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.variables.Profile;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a bot says before anybody has asked: a template, rendered once, when a session begins. It
 * knows the bot, the user and the moment, and nothing that only a message brings.
 */
public final class Greeting {

    /** In code points of the rendered text; what is longer is cut. */
    public static final int LONGEST = 4_000;

    private static final Set<Variable> NOT_YET_KNOWN =
            EnumSet.of(
                    Variable.USER_MESSAGE,
                    Variable.CONVERSATION_HISTORY,
                    Variable.CONVERSATION_SUMMARY,
                    Variable.USER_ASTRO_DATA);

    private Greeting() {}

    /** The names between braces that a greeting cannot know, as they were written. */
    public static List<String> unknownNames(String template, CustomValues ofBot) {
        return Template.of(template).names().stream()
                .filter(name -> !isKnown(name) && ofBot.called(name) == null)
                .toList();
    }

    /** Every name that a greeting may use besides those of the bot's own values. */
    public static List<String> knownNames() {
        return Stream.of(Variable.values())
                .filter(variable -> !NOT_YET_KNOWN.contains(variable))
                .map(Variable::wireName)
                .toList();
    }

    /**
     * The words of one session; the same arguments give the same ones. Empty when nothing is left
     * to say.
     *
     * @param session from which anything random is drawn
     * @param at when it begins
     */
    public static String render(
            String template, UUID session, Instant at, Bot bot, Profile profile) {
        var scene = new Scene(session, at, bot, profile, "", List.of(), List.of());
        var rendered =
                Template.of(template)
                        .render(name ->
                                isKnown(name) || bot.custom().called(name) != null
                                        ? scene.of(name)
                                        : null);
        return CleanText.of(rendered, LONGEST).strip();
    }

    /**
     * As {@link #render}, for a bot as it is stored; empty where it waits to be asked.
     *
     * @param metadata of the bot
     */
    public static String ofBot(
            String name,
            String description,
            JsonNode metadata,
            Profile profile,
            UUID session,
            Instant at) {
        var template = metadata.path("greeting");
        return template.isString()
                ? render(
                        template.stringValue(),
                        session,
                        at,
                        Bot.of(name, description, metadata),
                        profile)
                : "";
    }

    private static boolean isKnown(String name) {
        return Variable.named(name)
                .filter(variable -> !NOT_YET_KNOWN.contains(variable))
                .isPresent();
    }
}
