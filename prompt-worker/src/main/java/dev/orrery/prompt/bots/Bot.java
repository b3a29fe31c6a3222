package dev.orrery.prompt.bots;

import java.time.ZoneId;

/**
 * Who answers, as far as a template may speak of it. Operators may change a bot at any time; what a
 * turn's answer depends on for good is in its revision.
 *
 * @param sceneDescription empty when the bot has none
 * @param zone where the bot's day begins and ends
 */
public record Bot(String name, String description, String sceneDescription, ZoneId zone) {

    /** For bots that do not say. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kolkata");
}
