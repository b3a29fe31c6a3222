package dev.orrery.ingest.replies;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.ingest.turns.Charge;
import dev.orrery.ingest.turns.Usage;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
            case ToolCall ignored -> "tool_call";
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
            case ToolCall ignored -> false;
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

    /**
     * A call for a tool, and how it stands. Its id is the same in every epoch, so whoever carries a
     * call out does so once for each id.
     *
     * @param arguments what the model asked for: an object, or the text that should have been one
     * @param state called, answered, handed_to_app or failed
     */
    record ToolCall(
            @JsonIgnore ReplyPosition position,
            String id,
            @JsonProperty("name") String tool,
            JsonNode arguments,
            String state)
            implements ReplyPart {

        private static final JsonMapper JSON = JsonMapper.shared();

        static ToolCall of(
                ReplyPosition position, String id, String tool, String arguments, String state) {
            return new ToolCall(position, id, tool, read(arguments), state);
        }

        private static JsonNode read(String arguments) {
            try {
                return arguments.isBlank() ? JSON.createObjectNode() : JSON.readTree(arguments);
            } catch (JacksonException unreadable) { // models write what they like
                return JSON.getNodeFactory().stringNode(arguments);
            }
        }
    }

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
}
