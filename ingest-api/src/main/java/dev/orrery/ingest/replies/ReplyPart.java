package dev.orrery.ingest.replies;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of a reply as a client sees it; the components other than the position are the members
 * of its data. A live event and the same event read from the turn's row are equal.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface ReplyPart {

    @JsonIgnore
    ReplyPosition position();

    /** Name of the event on the wire. */
    default String name() {
        return switch (this) {
            case Accepted ignored -> "accepted";
            case Progress ignored -> "progress";
            case Delta ignored -> "delta";
            case Restarted ignored -> "restarted";
            case Completed ignored -> "completed";
            case Failed ignored -> "failed";
        };
    }

    /** Whether nothing follows. */
    default boolean ends() {
        return switch (this) {
            case Accepted ignored -> false;
            case Progress ignored -> false;
            case Delta ignored -> false;
            case Restarted ignored -> false;
            case Completed ignored -> true;
            case Failed ignored -> true;
        };
    }

    record Accepted(UUID messageId, UUID sessionId) implements ReplyPart {
        @Override
        public ReplyPosition position() {
            return ReplyPosition.ACCEPTED;
        }
    }

    record Progress(@JsonIgnore ReplyPosition position, String stage) implements ReplyPart {
        static Progress of(ReplyStage stage) {
            return new Progress(stage.position(), stage.wireName());
        }
    }

    record Delta(@JsonIgnore ReplyPosition position, String text) implements ReplyPart {}

    record Restarted(@JsonIgnore ReplyPosition position, int attempt) implements ReplyPart {}

    record Completed(
            @JsonIgnore ReplyPosition position,
            UUID messageId,
            String text,
            Usage usage,
            String provider,
            String model,
            String finishReason,
            Charge charge)
            implements ReplyPart {}

    record Failed(@JsonIgnore ReplyPosition position, UUID messageId, String code, String message)
            implements ReplyPart {}

    /** Tokens of the answer; null is what the provider did not say. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Usage(
            long inputTokens,
            long outputTokens,
            @Nullable Long cachedInputTokens,
            @Nullable Long reasoningTokens,
            boolean estimated) {}

    /**
     * @param micros millionths of the currency
     */
    record Charge(long micros, String currency) {}
}
