package dev.orrery.pipeline.gateway;

/**
 * An answer.
 *
 * @param requestId under which the gateway's audit log has the call
 * @param provider that answered, and its model
 * @param finishReason stop, length or tool
 * @param text not blank
 * @param inputTokens as stated by the provider, or estimated
 */
public record Generated(
        String requestId,
        String provider,
        String model,
        String finishReason,
        String text,
        long inputTokens,
        long outputTokens) {}
