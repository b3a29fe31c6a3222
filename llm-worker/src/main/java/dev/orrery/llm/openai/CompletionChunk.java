package dev.orrery.llm.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a streamed completion, or a whole one, in snake case on the wire; unknown fields are
 * passed over.
 *
 * @param id of the completion, the same on all its events
 */
record CompletionChunk(
        @Nullable String id,
        @Nullable List<@Nullable Choice> choices,
        @Nullable Usage usage,
        @Nullable JsonNode error) {

    /**
     * @param delta in a stream
     * @param message in its place, where the completion is whole
     */
    record Choice(
            @Nullable Integer index,
            @Nullable Delta delta,
            @Nullable Delta message,
            @Nullable String finishReason) {

        @Nullable Delta said() {
            return delta == null ? message : delta;
        }
    }

    /**
     * A piece of a message, or all of it.
     *
     * @param content a text, or parts, see {@link SaidParts}
     * @param refusal text in which the model declines; comes in place of content
     * @param reasoningContent what the model thinks, as most servers call it
     * @param reasoning the same, as some call it
     */
    record Delta(
            @Nullable JsonNode content,
            @Nullable String refusal,
            @Nullable String reasoningContent,
            @Nullable String reasoning,
            @Nullable List<@Nullable ToolCall> toolCalls) {}

    /**
     * @param index left out by some servers, which then mean the place in the array
     */
    record ToolCall(@Nullable Integer index, @Nullable String id, @Nullable Function function) {}

    record Function(@Nullable String name, @Nullable String arguments) {}

    /**
     * @param cost in US dollars, where the server states it; others have whatever they like there
     * @param isByok whether another provider bills the call as well, to an account of ours with it
     */
    record Usage(
            @Nullable Long promptTokens,
            @Nullable Long completionTokens,
            @Nullable PromptDetails promptTokensDetails,
            @Nullable CompletionDetails completionTokensDetails,
            @Nullable JsonNode cost,
            @Nullable JsonNode isByok) {}

    record PromptDetails(@Nullable Long cachedTokens) {}

    record CompletionDetails(@Nullable Long reasoningTokens) {}
}
