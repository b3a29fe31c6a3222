package dev.orrery.llm.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a streamed answer, or a whole one, in camel case on the wire; unknown fields are
 * passed over.
 *
 * @param responseId the same on all events
 */
record GenerateChunk(
        @Nullable List<@Nullable Candidate> candidates,
        @Nullable PromptFeedback promptFeedback,
        @Nullable UsageMetadata usageMetadata,
        @Nullable String responseId,
        @Nullable JsonNode error) {

    record Candidate(
            @Nullable Integer index, @Nullable Content content, @Nullable String finishReason) {}

    record Content(@Nullable List<@Nullable Part> parts) {}

    /**
     * @param thought whether the text is what the model thinks
     * @param thoughtSignature of the first call of several
     */
    record Part(
            @Nullable String text,
            @Nullable Boolean thought,
            @Nullable FunctionCall functionCall,
            @Nullable String thoughtSignature) {}

    /**
     * A whole call; it does not come in pieces.
     *
     * @param args an object; absent when there are none
     */
    record FunctionCall(@Nullable String id, @Nullable String name, @Nullable JsonNode args) {}

    record PromptFeedback(@Nullable String blockReason) {}

    /** Cumulative. Zero is left out on this wire. Thoughts are billed beside candidates. */
    record UsageMetadata(
            @Nullable Long promptTokenCount,
            @Nullable Long toolUsePromptTokenCount,
            @Nullable Long candidatesTokenCount,
            @Nullable Long thoughtsTokenCount,
            @Nullable Long cachedContentTokenCount,
            @Nullable Long totalTokenCount) {}
}
