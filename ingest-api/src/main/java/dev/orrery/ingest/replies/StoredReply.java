package dev.orrery.ingest.replies;

import dev.orrery.ingest.turns.Charge;
import dev.orrery.ingest.turns.Usage;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
            parts.add(new ReplyPart.Restarted(next, attempt(ending)));
            next = next.next();
        }
        addBody(parts, next, ending);
        parts.add(end(row, ending));
        return parts;
    }

    /** Every place holds either an event of a call, which knows it, or the next delta. */
    private static void addBody(List<ReplyPart> parts, ReplyPosition first, TurnRow.Ending ending) {
        var calls = toolCalls(ending);
        var reply = ending.reply();
        if (reply == null) {
            parts.addAll(calls.values());
            return;
        }
        var ends = ending.chunkEnds().iterator();
        int begin = 0;
        for (var next = first; next.compareTo(ending.terminalPosition()) < 0; next = next.next()) {
            var call = calls.get(next.sequence());
            if (call == null) {
                int end = ends.next();
                parts.add(new ReplyPart.Delta(next, reply.text().substring(begin, end)));
                begin = end;
            } else {
                parts.add(call);
            }
        }
    }

    /** By their places in the final epoch. */
    private static SortedMap<Integer, ReplyPart> toolCalls(TurnRow.Ending ending) {
        var parts = new TreeMap<Integer, ReplyPart>();
        for (var call : ending.calledTools()) {
            for (int i = 0; i < call.places().size(); i++) {
                int place = call.places().get(i);
                parts.put(
                        place,
                        ReplyPart.ToolCall.of(
                                new ReplyPosition(ending.finalEpoch(), place),
                                call.id(),
                                call.name(),
                                call.arguments(),
                                call.states().get(i).wireName()));
            }
        }
        return parts;
    }

    private static ReplyPart end(TurnRow row, TurnRow.Ending ending) {
        var position = ending.terminalPosition();
        var reply = ending.reply();
        if (ending.state() == TurnRow.State.COMPLETED && reply != null) {
            return new ReplyPart.Completed(
                    position,
                    row.turnId(),
                    reply.text(),
                    Usage.of(reply),
                    reply.provider(),
                    reply.model(),
                    reply.finishReason(),
                    Charge.of(row, ending));
        }
        var code = ending.failureCode();
        return new ReplyPart.Failed(position, row.turnId(), code, FailureCode.of(code).message());
    }

    /**
     * The attempt that opened the final epoch, as the run has noted it. Where it has not, a run
     * that took the turn over has begun with its first attempt, or an older version wrote the row:
     * then the last attempt that showed any text.
     */
    private static int attempt(TurnRow.Ending ending) {
        int showed = 0;
        for (JsonNode attempt : JSON.readTree(ending.trail().attempts())) {
            int number = attempt.path("number").asInt();
            if (attempt.path("openedEpoch").asLong(-1) == ending.finalEpoch()) {
                return number;
            }
            showed = attempt.hasNonNull("firstTokenMillis") ? number : showed;
        }
        return showed > 0 ? showed : Math.toIntExact(ending.finalEpoch());
    }
}
