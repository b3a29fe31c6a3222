package dev.orrery.ingest.turns;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.pipeline.turn.TurnRow;
import org.jspecify.annotations.Nullable;

/** Tokens of an answer, as clients see them; null is what the provider did not say. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Usage(
        long inputTokens,
        long outputTokens,
        @Nullable Long cachedInputTokens,
        @Nullable Long reasoningTokens,
        boolean estimated) {

    public static Usage of(TurnRow.StoredReply reply) {
        return new Usage(
                reply.inputTokens(),
                reply.outputTokens(),
                reply.cachedInputTokens(),
                reply.reasoningTokens(),
                reply.usageEstimated());
    }
}
