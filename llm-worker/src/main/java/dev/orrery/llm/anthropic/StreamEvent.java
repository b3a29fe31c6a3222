package dev.orrery.llm.anthropic;

import java.util.List;
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

    /**
     * A message as a stream begins it, or a whole one.
     *
     * @param type {@code message}; or {@code error}, in place of a whole one
     * @param content empty at the beginning of a stream
     * @param stopReason null at the beginning of a stream
     */
    record Message(
            @Nullable String type,
            @Nullable String id,
            @Nullable List<@Nullable ContentBlock> content,
            @Nullable String stopReason,
            @Nullable Usage usage,
            @Nullable JsonNode error) {}

    /**
     * @param id of a call, for {@code tool_use}
     * @param name of the tool, for {@code tool_use}
     * @param input of a call, an object; empty where it comes in pieces
     */
    record ContentBlock(
            @Nullable String type,
            @Nullable String text,
            @Nullable String thinking,
            @Nullable String id,
            @Nullable String name,
            @Nullable JsonNode input) {}

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
