package dev.orrery.llm.aisdk;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a stream, in camel case on the wire; which parts are there depends on its type, and
 * unknown fields are passed over.
 *
 * @param input of a tool call, whole
 * @param providerExecuted whether nobody has to answer the call: it is run where it is made
 * @param data of a part that the service defines
 */
record UiChunk(
        @Nullable String type,
        @Nullable String messageId,
        @Nullable String delta,
        @Nullable String toolCallId,
        @Nullable String toolName,
        @Nullable String inputTextDelta,
        @Nullable JsonNode input,
        @Nullable Boolean providerExecuted,
        @Nullable String finishReason,
        @Nullable JsonNode messageMetadata,
        @Nullable JsonNode data) {}
