package dev.orrery.ingest.replies;

import dev.orrery.events.ReplyEnding;
import dev.orrery.events.ReplyEvent;
import dev.orrery.ingest.turns.Charge;
import dev.orrery.ingest.turns.Usage;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event of {@code chat.replies} says to a client. */
final class LiveReply {

    private LiveReply() {}

    /**
     * The part this event stands for; null for a kind that a newer version wrote, which is passed
     * over.
     */
    static @Nullable ReplyPart part(ReplyEvent event) {
        var position = new ReplyPosition(event.getEpoch(), event.getSequence());
        return switch (event.getKind()) {
            case UNKNOWN -> null;
            case PROGRESS -> ReplyStage.at(position).map(ReplyPart.Progress::of).orElse(null);
            case DELTA -> new ReplyPart.Delta(position, text(event));
            case RESTARTED ->
                    new ReplyPart.Restarted(
                            position, event.getAttempt() == null ? 1 : event.getAttempt());
            case TOOL_CALL -> toolCall(position, event);
            case COMPLETED -> completed(position, event, ending(event));
            case FAILED -> failed(position, event, ending(event));
        };
    }

    private static ReplyPart toolCall(ReplyPosition position, ReplyEvent event) {
        var call = event.getToolCall();
        if (call == null) {
            throw new IllegalStateException(
                    "BUG: a call without its call: turn=" + event.getTurnId());
        }
        return ReplyPart.ToolCall.of(
                position, call.getId(), call.getName(), call.getArguments(), call.getState());
    }

    private static ReplyPart completed(
            ReplyPosition position, ReplyEvent event, ReplyEnding ending) {
        var usage = ending.getUsage();
        return new ReplyPart.Completed(
                position,
                UUID.fromString(event.getTurnId()),
                text(event),
                new Usage(
                        usage.getInputTokens(),
                        usage.getOutputTokens(),
                        usage.getCachedInputTokens(),
                        usage.getReasoningTokens(),
                        usage.getEstimated()),
                ending.getProvider(),
                ending.getModel(),
                ending.getFinishReason(),
                new Charge(ending.getChargeMicros(), ending.getCurrency()));
    }

    private static ReplyPart failed(ReplyPosition position, ReplyEvent event, ReplyEnding ending) {
        return new ReplyPart.Failed(
                position,
                UUID.fromString(event.getTurnId()),
                ending.getCode(),
                ending.getMessage());
    }

    private static String text(ReplyEvent event) {
        return event.getText() == null ? "" : event.getText();
    }

    private static ReplyEnding ending(ReplyEvent event) {
        if (event.getEnding() == null) {
            throw new IllegalStateException(
                    "BUG: a terminal reply without an ending: turn=" + event.getTurnId());
        }
        return event.getEnding();
    }
}
