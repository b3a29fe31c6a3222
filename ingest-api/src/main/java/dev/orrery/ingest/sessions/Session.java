package dev.orrery.ingest.sessions;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A conversation as its owner sees it.
 *
 * @param bot slug of the bot
 * @param greeting what the bot said when it began; null when it waited to be asked
 * @param state open or closed
 * @param price what it locked when it began
 * @param turns messages accepted so far
 */
record Session(
        UUID id,
        String bot,
        @Nullable String title,
        @Nullable String greeting,
        String state,
        JsonNode price,
        int turns,
        Instant createdAt,
        Instant lastActivityAt,
        Map<String, String> links) {

    static Map<String, String> links(UUID id) {
        var self = "/v1/sessions/" + id;
        return Map.of("self", self, "messages", self + "/messages");
    }
}
