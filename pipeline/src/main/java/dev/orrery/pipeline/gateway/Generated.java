package dev.orrery.pipeline.gateway;

import java.util.List;

/**
 * An answer.
 *
 * @param requestId under which the gateway's audit log has the call
 * @param provider that answered, and its model
 * @param finishReason stop, length or tool
 * @param text not blank, unless the model wants tools to be called
 * @param toolCalls what it wants to be called
 * @param inputTokens as stated by the provider, or estimated
 */
public record Generated(
        String requestId,
        String provider,
        String model,
        String finishReason,
        String text,
        List<ToolCall> toolCalls,
        long inputTokens,
        long outputTokens) {

    public Generated {
        toolCalls = List.copyOf(toolCalls);
    }

    /**
     * A wish for a tool to be called.
     *
     * @param arguments JSON text as the model wrote it, to be read with care
     */
    public record ToolCall(String id, String name, String arguments) {}
}
