package dev.orrery.ingest.messages;

import dev.orrery.ingest.turns.Charge;
import dev.orrery.ingest.turns.Usage;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.turns.FailureCode;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that became of it.
 *
 * @param state accepted, completed, failed or cancelled
 * @param reply null when there is none, or none yet
 * @param charge null while the turn is open
 * @param failure null unless it failed or was cancelled
 */
record MessageView(
        UUID id,
        UUID sessionId,
        int sequence,
        String state,
        String text,
        @Nullable Reply reply,
        @Nullable Usage usage,
        @Nullable Charge charge,
        @Nullable Failure failure,
        Instant acceptedAt,
        Instant deadline,
        @Nullable Instant finishedAt,
        MessageLinks links)
        implements ConversationItem {

    record Reply(String text, String finishReason, String provider, String model) {}

    record Failure(String code, String message) {}

    static MessageView of(TurnRow row) {
        var ending = row.ending();
        var stored = ending == null ? null : ending.reply();
        return new MessageView(
                row.turnId(),
                row.sessionId(),
                row.sequence(),
                state(row),
                row.requestText(),
                stored == null ? null : reply(stored),
                stored == null ? null : Usage.of(stored),
                ending == null ? null : Charge.of(row, ending),
                ending == null || ending.state() == TurnRow.State.COMPLETED
                        ? null
                        : failure(ending.failureCode()),
                row.acceptedAt(),
                row.deadline(),
                ending == null ? null : ending.finishedAt(),
                MessageLinks.of(row.turnId().toString()));
    }

    /** Without what was said: that is between the user and the bot. */
    @Override
    public String toString() {
        return "MessageView[id=" + id + ", state=" + state + "]";
    }

    /** How far a turn has come, in the word that clients know. */
    static String state(TurnRow row) {
        var ending = row.ending();
        return ending == null ? "accepted" : ending.state().name().toLowerCase(Locale.ROOT);
    }

    private static Reply reply(TurnRow.StoredReply stored) {
        return new Reply(stored.text(), stored.finishReason(), stored.provider(), stored.model());
    }

    private static Failure failure(String code) {
        return new Failure(code, FailureCode.of(code).message());
    }
}
