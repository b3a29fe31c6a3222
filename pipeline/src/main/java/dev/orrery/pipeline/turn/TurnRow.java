package dev.orrery.pipeline.turn;

import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyPosition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A turn as its row says it is ({@code chat.turns}); the names are those of the columns, whose
 * meaning the migration states. Immutable.
 *
 * @param facts JSON text: the external data the bot wanted at acceptance
 * @param ending null as long as the turn is open
 */
public record TurnRow(
        UUID turnId,
        UUID sessionId,
        String userId,
        UUID walletId,
        UUID botId,
        int sequence,
        UUID revisionId,
        @Nullable String experimentArm,
        int profileVersion,
        String facts,
        String requestText,
        Instant acceptedAt,
        Instant deadline,
        int replyPartition,
        long replyOffset,
        int runNumber,
        String currency,
        @Nullable Ending ending) {

    /** How a turn can end. */
    public enum State {
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /**
     * The end of a turn, written once.
     *
     * @param code stable code of the failure or cancellation; null when completed
     * @param reply null when there is no answer
     * @param finalEpoch the epoch the reply ended in
     * @param openedByRestart whether the final epoch begins with a {@code restarted} event
     * @param chunkEnds where each delta of the final epoch ends, in UTF-16 units of the reply's
     *     text
     */
    public record Ending(
            State state,
            @Nullable String code,
            @Nullable StoredReply reply,
            Trail trail,
            @Nullable Instant firstTokenAt,
            long chargeMicros,
            long finalEpoch,
            boolean openedByRestart,
            List<Integer> chunkEnds,
            Instant finishedAt) {

        public Ending {
            chunkEnds = List.copyOf(chunkEnds);
        }

        /** The calls for tools, in the order in which they were made. */
        public List<CalledTool> calledTools() {
            return CalledTool.read(trail.toolCalls());
        }

        /** Why there is no answer; to be asked of what was not completed. */
        public String failureCode() {
            return code == null ? FailureCode.INTERNAL.code() : code;
        }

        /**
         * Where the terminal event stands: after the restart, if there was one, and after every
         * delta and every event of a call for a tool.
         */
        public ReplyPosition terminalPosition() {
            int steps = calledTools().stream().mapToInt(call -> call.places().size()).sum();
            return new ReplyPosition(
                    finalEpoch, chunkEnds.size() + steps + (openedByRestart ? 1 : 0));
        }
    }

    /**
     * What was done for a turn, whatever came of it.
     *
     * @param promptHash of the prompt that was answered; null when none was rendered
     * @param attempts JSON text: array of the attempts, in the shape of {@code AttemptTrace};
     *     {@code []} for none
     * @param costMicros what the providers are taken to bill for them, in millionths of a US
     *     dollar; null when that is not known
     * @param toolCalls JSON text: array of the calls for tools, in the shape of {@code
     *     ToolCallTrace}, see {@link CalledTool}; {@code []} for none
     * @param marks what the policy of the conversation has noticed, see {@code ChatOutcome}
     */
    public record Trail(
            @Nullable String promptHash,
            String attempts,
            @Nullable Long costMicros,
            String toolCalls,
            List<String> marks) {

        /** Nothing was done. */
        public static final Trail NONE = new Trail(null, "[]", null, "[]", List.of());

        public Trail {
            marks = List.copyOf(marks);
        }
    }

    /** An answer as it is stored. */
    public record StoredReply(
            String text,
            String finishReason,
            String provider,
            String model,
            @Nullable String region,
            long inputTokens,
            long outputTokens,
            @Nullable Long cachedInputTokens,
            @Nullable Long reasoningTokens,
            boolean usageEstimated) {}
}
