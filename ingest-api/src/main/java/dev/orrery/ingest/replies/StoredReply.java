package dev.orrery.ingest.replies;

import dev.orrery.ingest.replies.ReplyPart.Charge;
import dev.orrery.ingest.replies.ReplyPart.Usage;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reply of a turn that has ended, from its row: the same parts, at the same places, as they
 * were streamed. Of a reply that failed after some text, the text is not kept and its deltas are
 * missing; the end stands where it stood.
 */
final class StoredReply {

    private static final JsonMapper JSON = JsonMapper.shared();

    private StoredReply() {}

    /** All parts in order; the last one is the end. */
    static List<ReplyPart> parts(TurnRow row) {
        var ending = row.ending();
        if (ending == null) {
            throw new IllegalArgumentException("turn " + row.turnId() + ": open (expected: ended)");
        }
        var parts = new ArrayList<ReplyPart>();
        parts.add(new ReplyPart.Accepted(row.turnId(), row.sessionId()));
        if (row.runNumber() > 0) { // a model was asked, so every stage was reached
            for (var stage : ReplyStage.values()) {
                parts.add(ReplyPart.Progress.of(stage));
            }
        }
        var next = new ReplyPosition(ending.finalEpoch(), 0);
        if (ending.openedByRestart()) {
            parts.add(new ReplyPart.Restarted(next, attempt(ending.trail().attempts())));
            next = next.next();
        }
        var reply = ending.reply();
        if (reply != null) {
            addDeltas(parts, next, reply.text(), ending.chunkEnds());
        }
        parts.add(end(row, ending));
        return parts;
    }

    private static void addDeltas(
            List<ReplyPart> parts, ReplyPosition first, String text, List<Integer> chunkEnds) {
        var next = first;
        int begin = 0;
        for (int end : chunkEnds) {
            parts.add(new ReplyPart.Delta(next, text.substring(begin, end)));
            begin = end;
            next = next.next();
        }
    }

    private static ReplyPart end(TurnRow row, TurnRow.Ending ending) {
        var position = ending.terminalPosition();
        var reply = ending.reply();
        if (ending.state() == TurnRow.State.COMPLETED && reply != null) {
            return new ReplyPart.Completed(
                    position,
                    row.turnId(),
                    reply.text(),
                    new Usage(
                            reply.inputTokens(),
                            reply.outputTokens(),
                            reply.cachedInputTokens(),
                            reply.reasoningTokens(),
                            reply.usageEstimated()),
                    reply.provider(),
                    reply.model(),
                    reply.finishReason(),
                    new Charge(ending.chargeMicros(), row.currency()));
        }
        var code = ending.code() == null ? FailureCode.INTERNAL.code() : ending.code();
        return new ReplyPart.Failed(position, row.turnId(), code, FailureCode.of(code).message());
    }

    /** The attempt whose text opened the final epoch: the last one that showed any. */
    private static int attempt(String attempts) {
        int number = 1;
        for (JsonNode attempt : JSON.readTree(attempts)) {
            if (attempt.hasNonNull("firstTokenMillis")) {
                number = attempt.path("number").asInt(number);
            }
        }
        return number;
    }
}
