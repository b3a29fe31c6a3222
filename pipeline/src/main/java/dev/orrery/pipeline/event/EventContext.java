package dev.orrery.pipeline.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about itself: CloudEvents attributes (Kafka binding, binary mode) and the
 * trace it belongs to.
 *
 * @param id derived from the cause, so that a repeated step writes the same id; consumers dedupe by
 *     it
 * @param source the stage or app that wrote the event
 * @param time when it was written
 * @param correlationId what the event is about as a whole, for a turn its id
 * @param causationId id of the event that brought this one about; null for a first cause
 * @param deadline after which nobody needs the event's effect; null for never
 * @param trace where the event stands in its trace; null when there is no trace
 */
public record EventContext(
        UUID id,
        String source,
        Instant time,
        String correlationId,
        @Nullable UUID causationId,
        @Nullable Instant deadline,
        @Nullable TraceParent trace) {

    EventContext at(TraceParent place) {
        return new EventContext(id, source, time, correlationId, causationId, deadline, place);
    }
}
