package dev.orrery.pipeline.policy;

import dev.orrery.events.TurnRef;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds the turn that an event belongs to: by the contract, it is the field {@value #FIELD} of
 * every main-path event.
 */
final class Turned {

    private static final String FIELD = "turn";

    private Turned() {}

    static Optional<TurnRef> turnOf(SpecificRecord value) {
        var field = value.getSchema().getField(FIELD);
        return field != null && value.get(field.pos()) instanceof TurnRef turn
                ? Optional.of(turn)
                : Optional.empty();
    }
}
