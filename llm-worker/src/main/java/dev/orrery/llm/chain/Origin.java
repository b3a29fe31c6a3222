package dev.orrery.llm.chain;

import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as spans tell it: ids, and no text.
 *
 * @param place what the calls hang on; null lets each begin a trace
 * @param turn the turn that is to be answered; null when it is none
 * @param promptHash tells equal prompts from different ones; null when nobody knows
 */
public record Origin(
        @Nullable TraceParent place, @Nullable TurnRef turn, @Nullable String promptHash) {

    public static final Origin UNKNOWN = new Origin(null, null, null);
}
