package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.TokenEstimate;
import java.util.List;
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
            ModelChunk.@Nullable Usage stated,
            Conversation conversation,
            CharSequence text,
            List<ToolCall> toolCalls) {
        var usage =
                stated == null ? TokenEstimate.usage(conversation, bytes(text, toolCalls)) : stated;
        return new Usage(
                usage.inputTokens(),
                usage.outputTokens(),
                usage.cachedInputTokens(),
                usage.reasoningTokens(),
                stated == null);
    }

    private static long bytes(CharSequence text, List<ToolCall> toolCalls) {
        long bytes = TokenEstimate.bytes(text);
        for (var call : toolCalls) {
            bytes += TokenEstimate.bytes(call.name()) + TokenEstimate.bytes(call.arguments());
        }
        return bytes;
    }

    long totalTokens() {
        return inputTokens + outputTokens;
    }
}
