package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.TokenEstimate;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an answered call. Unknown usage is not zero: what a provider does not state is
 * estimated, and marked so.
 *
 * @param cachedInputTokens null when the provider did not say
 * @param reasoningTokens null when the provider did not say
 */
public record Usage(
        long inputTokens,
        long outputTokens,
        @Nullable Long cachedInputTokens,
        @Nullable Long reasoningTokens,
        boolean estimated) {

    static Usage of(
            ModelChunk.@Nullable Usage stated, Conversation conversation, CharSequence answer) {
        var usage =
                stated == null
                        ? TokenEstimate.usage(conversation, TokenEstimate.bytes(answer))
                        : stated;
        return new Usage(
                usage.inputTokens(),
                usage.outputTokens(),
                usage.cachedInputTokens(),
                usage.reasoningTokens(),
                stated == null);
    }

    long totalTokens() {
        return inputTokens + outputTokens;
    }
}
