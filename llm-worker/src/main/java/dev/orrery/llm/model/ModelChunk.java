package dev.orrery.llm.model;

import org.jspecify.annotations.Nullable;

/** One piece of what a model sends back. Every provider's wire is turned into these. */
public sealed interface ModelChunk {

    /**
     * The provider has begun to answer, under this id of its own: what its support asks for. At
     * most once in a call, and before any text; never shown.
     *
     * @param requestId 1 to 128 printable characters
     */
    record Started(String requestId) implements ModelChunk {}

    /** A piece of the answer; may split a surrogate pair, may be empty. */
    record TextDelta(String text) implements ModelChunk {}

    /** A piece of what the model thinks before it answers; never shown. */
    record ReasoningDelta(String text) implements ModelChunk {}

    /**
     * A piece of a tool call. Pieces are joined by index; the arguments are JSON only when the call
     * is complete.
     *
     * @param index place among the calls of the answer, counted from 0
     * @param id the provider's id of the call; null on all but one piece of it
     * @param name the tool; null on all but one piece of the call
     * @param arguments the next piece of the arguments' JSON text, may be empty
     * @param signature see {@link ToolCall#signature}; null on all but one piece of the call
     */
    record ToolFragment(
            int index,
            @Nullable String id,
            @Nullable String name,
            String arguments,
            @Nullable String signature)
            implements ModelChunk {

        /** Of a call that is not signed. */
        public ToolFragment(
                int index, @Nullable String id, @Nullable String name, String arguments) {
            this(index, id, name, arguments, null);
        }
    }

    /**
     * What the call has used so far. Cumulative: the last one counts.
     *
     * @param inputTokens of the prompt, cached ones included
     * @param outputTokens as billed, reasoning included
     * @param cachedInputTokens part of the input read from the provider's cache; null when it did
     *     not say
     * @param reasoningTokens part of the output spent on reasoning; null when the provider did not
     *     say
     * @param costMicros what the provider says that it bills for the call, in millionths of a US
     *     dollar; null when it did not say
     */
    record Usage(
            long inputTokens,
            long outputTokens,
            @Nullable Long cachedInputTokens,
            @Nullable Long reasoningTokens,
            @Nullable Long costMicros)
            implements ModelChunk {

        /** Of a provider that states no cost. */
        public Usage(
                long inputTokens,
                long outputTokens,
                @Nullable Long cachedInputTokens,
                @Nullable Long reasoningTokens) {
            this(inputTokens, outputTokens, cachedInputTokens, reasoningTokens, null);
        }
    }

    /** The model has stopped. */
    record Finished(FinishReason reason) implements ModelChunk {}
}
