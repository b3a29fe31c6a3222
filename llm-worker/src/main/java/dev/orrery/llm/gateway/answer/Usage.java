package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.run.TokenEstimate;
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
        return stated == null
                ? estimated(conversation, answer)
                : new Usage(
                        stated.inputTokens(),
                        stated.outputTokens(),
                        stated.cachedInputTokens(),
                        stated.reasoningTokens(),
                        false);
    }

    private static Usage estimated(Conversation conversation, CharSequence answer) {
        long bytes = TokenEstimate.bytes(conversation.systemInstruction());
        for (var message : conversation.messages()) {
            bytes += TokenEstimate.bytes(message.content());
        }
        return new Usage(TokenEstimate.tokens(bytes), TokenEstimate.of(answer), null, null, true);
    }

    long totalTokens() {
        return inputTokens + outputTokens;
    }
}
