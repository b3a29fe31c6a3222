package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.ModelChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * What Converse states of tokens. It does not tell how many of the output went into reasoning, so
 * that stays unknown.
 */
final class StatedUsage {

    private StatedUsage() {}

    /**
     * Input tokens are the fresh ones here, beside those read from a cache and written to it. Half
     * a statement of usage is none: unknown must not become 0.
     */
    static List<ModelChunk> in(@Nullable TokenUsage usage) {
        if (usage == null || usage.inputTokens() == null || usage.outputTokens() == null) {
            return List.of();
        }
        var read = usage.cacheReadInputTokens();
        long input =
                (long) usage.inputTokens() + orNone(read) + orNone(usage.cacheWriteInputTokens());
        return List.of(
                new ModelChunk.Usage(
                        input,
                        usage.outputTokens(),
                        read == null ? null : (Long) read.longValue(),
                        null));
    }

    private static long orNone(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
