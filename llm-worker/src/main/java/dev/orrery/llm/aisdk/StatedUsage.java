package dev.orrery.llm.aisdk;

import dev.orrery.llm.model.ModelChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The usage a service may tell of. The protocol has no place for it, so services put the SDK's own
 * {@code LanguageModelUsage} into the metadata of the message, as {@code totalUsage} or {@code
 * usage}, or into a part {@code data-usage}. A service that tells nothing leaves it unknown.
 */
final class StatedUsage {

    private StatedUsage() {}

    static List<ModelChunk> inMetadata(@Nullable JsonNode metadata) {
        if (metadata == null) {
            return List.of();
        }
        var total = metadata.path("totalUsage");
        return in(total.isObject() ? total : metadata.path("usage"));
    }

    /** Half a statement of usage is none: unknown must not become 0. */
    static List<ModelChunk> in(@Nullable JsonNode usage) {
        if (usage == null) {
            return List.of();
        }
        var input = count(usage.path("inputTokens"));
        var output = count(usage.path("outputTokens"));
        return input == null || output == null
                ? List.of()
                : List.of(new ModelChunk.Usage(input, output, cached(usage), reasoning(usage)));
    }

    /** Version 6 of the SDK put into details what stood beside the sums before. */
    private static @Nullable Long cached(JsonNode usage) {
        var detail = count(usage.path("inputTokenDetails").path("cacheReadTokens"));
        return detail == null ? count(usage.path("cachedInputTokens")) : detail;
    }

    private static @Nullable Long reasoning(JsonNode usage) {
        var detail = count(usage.path("outputTokenDetails").path("reasoningTokens"));
        return detail == null ? count(usage.path("reasoningTokens")) : detail;
    }

    private static @Nullable Long count(JsonNode tokens) {
        return tokens.isIntegralNumber() && tokens.canConvertToLong() && tokens.longValue() >= 0
                ? (Long) tokens.longValue()
                : null;
    }
}
