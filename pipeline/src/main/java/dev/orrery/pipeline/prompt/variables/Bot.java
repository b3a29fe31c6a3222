package dev.orrery.pipeline.prompt.variables;

import dev.orrery.pipeline.prompt.template.ValueText;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/**
 * Who answers, as far as a prompt may speak of it. Operators may change a bot at any time; what a
 * turn's answer depends on for good is in its revision.
 *
 * @param sceneDescription empty when the bot has none
 * @param zone where the bot's day begins and ends
 * @param sex a word such as {@code female}; empty when the bot has none
 * @param app the app it is made for; empty for any
 */
public record Bot(
        String name,
        String description,
        String sceneDescription,
        ZoneId zone,
        String sex,
        String app,
        ResponseLength length,
        CustomValues custom) {

    /** For bots that do not say. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kolkata");

    /** One that says nothing beyond this. */
    public Bot(String name, String description, String sceneDescription, ZoneId zone) {
        this(
                name,
                description,
                sceneDescription,
                zone,
                "",
                "",
                ResponseLength.MEDIUM,
                CustomValues.NONE);
    }

    /**
     * As it is stored.
     *
     * @param metadata its keys {@code scene_description}, {@code time_zone}, {@code sex}, {@code
     *     app_id}, {@code response_length} and {@code custom} are read; what is missing or cannot
     *     be used is what a bot that does not say has, because none of it may silence a bot
     */
    public static Bot of(String name, String description, JsonNode metadata) {
        return new Bot(
                name,
                description,
                ValueText.of(metadata.get("scene_description")),
                Zones.named(ValueText.of(metadata.get("time_zone"))).orElse(DEFAULT_ZONE),
                CleanText.of(ValueText.of(metadata.get("sex")), 32),
                ValueText.of(metadata.get("app_id")),
                ResponseLength.named(ValueText.of(metadata.get("response_length")))
                        .orElse(ResponseLength.MEDIUM),
                CustomValues.of(metadata.get("custom")));
    }
}
