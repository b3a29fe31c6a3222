package dev.orrery.ingest.replies;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.turns.ReplyPosition;
import org.jspecify.annotations.Nullable;

/** The last event a client has seen, as it says in {@code Last-Event-ID} or {@code ?after=}. */
public final class EventId {

    private EventId() {}

    /**
     * The place it names; null when the client names none. The header wins: a browser that
     * reconnects repeats the address it began with.
     */
    public static @Nullable ReplyPosition of(@Nullable String header, @Nullable String parameter) {
        var text = header != null && !header.isEmpty() ? header : parameter;
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.matches("[0-9]{1,16}")) {
            try {
                return ReplyPosition.ofId(Long.parseLong(text));
            } catch (IllegalArgumentException outOfRange) {
                // answered below, like what is no number
            }
        }
        throw new Problem(
                ProblemCode.INVALID_REQUEST,
                "Last-Event-ID or after (expected: the id of an event, from 0)");
    }
}
