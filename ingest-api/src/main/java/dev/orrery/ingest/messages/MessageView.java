package dev.orrery.ingest.messages;

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

    record Usage(
            long inputTokens,
            long outputTokens,
            @Nullable Long cachedInputTokens,
            @Nullable Long reasoningTokens,
            boolean estimated) {}

    record Charge(long micros, String currency) {}

    record Failure(String code, String message) {}

    static MessageView of(TurnRow row) {
        var ending = row.ending();
        var stored = ending == null ? null : ending.reply();
        return new MessageView(
                row.turnId(),
                row.sessionId(),
                row.sequence(),
                ending == null ? "accepted" : ending.state().name().toLowerCase(Locale.ROOT),
                row.requestText(),
                stored == null ? null : reply(stored),
                stored == null ? null : usage(stored),
                ending == null ? null : new Charge(ending.chargeMicros(), row.currency()),
                ending == null || ending.state() == TurnRow.State.COMPLETED
                        ? null
                        : failure(ending.code()),
                row.acceptedAt(),
                row.deadline(),
                ending == null ? null : ending.finishedAt(),
                MessageLinks.of(row.turnId().toString()));
    }

    private static Reply reply(TurnRow.StoredReply stored) {
        return new Reply(stored.text(), stored.finishReason(), stored.provider(), stored.model());
    }

    private static Usage usage(TurnRow.StoredReply stored) {
        return new Usage(
                stored.inputTokens(),
                stored.outputTokens(),
                stored.cachedInputTokens(),
                stored.reasoningTokens(),
                stored.usageEstimated());
    }

    private static Failure failure(@Nullable String code) {
        var known = code == null ? FailureCode.INTERNAL.code() : code;
        return new Failure(known, FailureCode.of(known).message());
    }
}
