package dev.orrery.ingest.replies;

import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.turns.ReplyPosition;
import dev.orrery.turns.ReplyStage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one client has been shown of one reply, and so what it is to be shown next. Whatever
 * arrives, repeated, late, with gaps or from an earlier epoch, the client sees ascending places
 * without a gap within an epoch, and nothing after the end.
 *
 * <p>Places of an epoch, as they arrive: {@code 0 1 2} shown; {@code 0 0 1} the repeat is dropped;
 * {@code 0 2} the 2 is a gap and is held back with all that follows in this epoch, until a restart
 * opens the next one or the turn's row, which has everything, ends the reply.
 *
 * <p>Not thread-safe: one cursor a connection, used by one signal at a time.
 */
final class ReplyCursor {

    private final UUID turn;
    private final UUID session;
    private @Nullable ReplyPosition shown;
    private boolean ended;

    /**
     * @param shown the last place that the client has seen; null for nothing yet
     */
    ReplyCursor(UUID turn, UUID session, @Nullable ReplyPosition shown) {
        this.turn = turn;
        this.session = session;
        this.shown = shown;
    }

    /** What is shown as soon as the client is there. */
    List<ReplyPart> begin() {
        var parts = new ArrayList<ReplyPart>();
        fillUpTo(ReplyPosition.ACCEPTED, parts);
        return parts;
    }

    /**
     * What a live part adds. Null when it is an end that cannot be shown before the turn's row was
     * read.
     */
    @Nullable List<ReplyPart> live(ReplyPart part) {
        if (ended) {
            return List.of();
        }
        if (part.ends()) {
            return liveEnd(part);
        }
        var parts = new ArrayList<ReplyPart>();
        if (!isShown(part.position())) {
            fillUpTo(part.position(), parts);
            if (isNext(part.position())) {
                show(part, parts);
            }
        }
        return parts;
    }

    /** The rest of the reply, from the row of a turn that has ended. */
    List<ReplyPart> end(TurnRow row) {
        if (ended) {
            return List.of();
        }
        var stored = StoredReply.parts(row);
        var end = stored.getLast();
        var parts = new ArrayList<ReplyPart>();
        if (shown != null && shown.compareTo(end.position()) > 0) {
            parts.add(end); // a place that was never given out; the client is told the end all the
            // same
        } else {
            for (var part : stored) {
                if (!isShown(part.position())) {
                    show(part, parts);
                }
            }
        }
        ended = true;
        return parts;
    }

    boolean hasEnded() {
        return ended;
    }

    private @Nullable List<ReplyPart> liveEnd(ReplyPart end) {
        if (!isNext(end.position())) {
            return null; // something before it was missed, or the client was beyond it: the row
            // tells which
        }
        var parts = new ArrayList<ReplyPart>();
        if (end instanceof ReplyPart.Completed) {
            fillUpTo(end.position(), parts);
        }
        show(end, parts);
        ended = true;
        return parts;
    }

    /**
     * Stages have fixed places, so those that were missed are known, and are shown before what
     * follows them.
     */
    private void fillUpTo(ReplyPosition position, List<ReplyPart> parts) {
        if (shown == null) {
            show(new ReplyPart.Accepted(turn, session), parts);
        }
        for (var stage : ReplyStage.values()) {
            if (stage.position().compareTo(position) < 0 && !isShown(stage.position())) {
                show(ReplyPart.Progress.of(stage), parts);
            }
        }
    }

    private boolean isShown(ReplyPosition position) {
        return shown != null && position.compareTo(shown) <= 0;
    }

    private boolean isNext(ReplyPosition position) {
        if (isShown(position)) {
            return false;
        }
        if (shown == null || position.epoch() > shown.epoch()) {
            return position.sequence() == 0;
        }
        return position.sequence() == shown.sequence() + 1;
    }

    private void show(ReplyPart part, List<ReplyPart> parts) {
        parts.add(part);
        shown = part.position();
    }
}
