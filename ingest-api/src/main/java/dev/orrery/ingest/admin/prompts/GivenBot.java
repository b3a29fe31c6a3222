package dev.orrery.ingest.admin.prompts;

import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.prompt.variables.Bot;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who answers in a preview.
 *
 * @param metadata in the form in which bots keep it
 */
record GivenBot(String name, String description, ObjectNode metadata) {

    private static final String[] METADATA = {
        "scene_description",
        "time_zone",
        "sex",
        "app_id",
        "response_length",
        "custom",
        "required_fields",
        "facts"
    };

    /**
     * One that is told in the body: name, description, and what else a bot's metadata may say about
     * prompts, either under {@code metadata} or beside them.
     */
    static GivenBot of(Fields bot) {
        bot.allowing(
                "name",
                "description",
                "metadata",
                "scene_description",
                "time_zone",
                "sex",
                "app_id",
                "response_length",
                "custom",
                "required_fields",
                "facts");
        var metadata = GivenJson.object(bot, "metadata");
        for (var key : METADATA) {
            var value = GivenJson.of(bot, key);
            if (value != null) {
                metadata.set(key, value);
            }
        }
        return new GivenBot(text(bot, "name", 255), text(bot, "description", 20_000), metadata);
    }

    private static String text(Fields bot, String name, int maxCharacters) {
        var text = bot.anyText(name, maxCharacters);
        return text == null ? "" : text;
    }

    Bot bot() {
        return Bot.of(name, description, metadata);
    }
}
