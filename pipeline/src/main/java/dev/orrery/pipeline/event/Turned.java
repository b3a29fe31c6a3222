package dev.orrery.pipeline.event;

import dev.orrery.events.TurnRef;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds the turn that an event belongs to: by the contract, it is the field {@value #FIELD} of
 * every main-path event.
 */
public final class Turned {

    private static final String FIELD = "turn";

    private Turned() {}

    /** Empty when the event belongs to none. */
    public static Optional<TurnRef> turnOf(SpecificRecord value) {
        var field = value.getSchema().getField(FIELD);
        return field != null && value.get(field.pos()) instanceof TurnRef turn
                ? Optional.of(turn)
                : Optional.empty();
    }
}
