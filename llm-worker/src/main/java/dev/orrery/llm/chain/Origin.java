package dev.orrery.llm.chain;

import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as spans tell it: ids and names, and no text.
 *
 * @param place what the calls hang on; null lets each begin a trace
 * @param turn the turn that is to be answered; null when it is none
 * @param promptHash tells equal prompts from different ones; null when nobody knows
 * @param client the service that asks through the gateway; null when it is none
 */
public record Origin(
        @Nullable TraceParent place,
        @Nullable TurnRef turn,
        @Nullable String promptHash,
        @Nullable Client client) {

    public static final Origin UNKNOWN = new Origin(null, null, null);

    /** Of something other than a service. */
    public Origin(
            @Nullable TraceParent place, @Nullable TurnRef turn, @Nullable String promptHash) {
        this(place, turn, promptHash, null);
    }

    /** Of a service, whose own trace goes on where it has one. */
    public static Origin of(Client client, @Nullable TraceParent place) {
        return new Origin(place, null, null, client);
    }

    /**
     * A service that asks through the gateway.
     *
     * @param user on whose behalf, in printable characters; null when it names nobody
     * @param requestId under which the audit log has the call
     */
    public record Client(String service, @Nullable String user, String requestId) {}
}
