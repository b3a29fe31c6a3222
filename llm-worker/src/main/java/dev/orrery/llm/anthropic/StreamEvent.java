package dev.orrery.llm.anthropic;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a streamed message, in snake case on the wire; which parts are there depends on its
 * type, and unknown fields are passed over.
 *
 * @param index of the content block that the event belongs to
 */
record StreamEvent(
        @Nullable String type,
        @Nullable Integer index,
        @Nullable Message message,
        @Nullable ContentBlock contentBlock,
        @Nullable Delta delta,
        @Nullable Usage usage,
        @Nullable JsonNode error) {

    record Message(@Nullable Usage usage) {}

    /**
     * @param id of a call, for {@code tool_use}
     * @param name of the tool, for {@code tool_use}
     */
    record ContentBlock(
            @Nullable String type,
            @Nullable String text,
            @Nullable String thinking,
            @Nullable String id,
            @Nullable String name) {}

    /**
     * A piece of a block, or what changes about the message.
     *
     * @param stopReason of the message
     */
    record Delta(
            @Nullable String type,
            @Nullable String text,
            @Nullable String thinking,
            @Nullable String partialJson,
            @Nullable String stopReason) {}

    /** Cumulative. The three kinds of input exclude each other. */
    record Usage(
            @Nullable Long inputTokens,
            @Nullable Long cacheCreationInputTokens,
            @Nullable Long cacheReadInputTokens,
            @Nullable Long outputTokens) {

        /** What was said before, where this one is silent. */
        Usage over(@Nullable Usage earlier) {
            return earlier == null
                    ? this
                    : new Usage(
                            either(inputTokens, earlier.inputTokens),
                            either(cacheCreationInputTokens, earlier.cacheCreationInputTokens),
                            either(cacheReadInputTokens, earlier.cacheReadInputTokens),
                            either(outputTokens, earlier.outputTokens));
        }

        private static @Nullable Long either(@Nullable Long now, @Nullable Long before) {
            return now == null ? before : now;
        }
    }
}
