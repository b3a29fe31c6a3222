package dev.orrery.ingest.admin.bots;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bot as it is kept.
 *
 * @param slug its name in addresses; never changes, and is never given to another one
 * @param priceVersion counted from 1; sessions keep the one they began with
 * @param owner who made it; null when nobody is known
 * @param launchedOn when it first went live; null before
 */
record Bot(
        UUID id,
        String slug,
        String name,
        String description,
        @Nullable String avatar,
        String status,
        String type,
        int rank,
        ObjectNode metadata,
        JsonNode price,
        int priceVersion,
        @Nullable String owner,
        @Nullable Instant launchedOn,
        Instant createdOn,
        Instant updatedOn,
        Map<String, String> links) {

    static Map<String, String> links(String slug) {
        var self = "/admin/v1/bots/" + slug;
        return Map.of(
                "self",
                self,
                "llm_configs",
                self + "/llm-configs",
                "experiments",
                self + "/experiments");
    }

    String subject() {
        return "bot/" + slug;
    }

    BotFields fields() {
        return new BotFields(name, description, avatar, status, type, rank, metadata, price);
    }
}
