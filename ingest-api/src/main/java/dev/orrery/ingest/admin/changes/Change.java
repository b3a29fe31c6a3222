package dev.orrery.ingest.admin.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One change, as it was noted.
 *
 * @param number counted upwards over all changes
 * @param actor the token's subject
 * @param action a verb, for example {@code change_bot}
 * @param subject kind and name, for example {@code bot/astrologer-mira}
 * @param before null when there was nothing
 * @param after null when there is nothing any more
 */
public record Change(
        long number,
        String actor,
        String action,
        String subject,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        Instant changedAt) {}
