package dev.orrery.ingest.admin.configs;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A configuration of a bot.
 *
 * @param bot slug of the bot
 * @param active whether the bot's next message is answered by it
 * @param currentRevision number of the revision that is in force when it is active
 * @param latestRevision number of the newest one
 */
record LlmConfig(
        UUID id,
        String bot,
        String name,
        boolean active,
        int currentRevision,
        int latestRevision,
        Instant createdOn,
        Instant updatedOn,
        Map<String, String> links) {

    static Map<String, String> links(UUID id) {
        var self = "/admin/v1/llm-configs/" + id;
        return Map.of("revisions", self + "/revisions", "activate", self + "/activate");
    }
}
