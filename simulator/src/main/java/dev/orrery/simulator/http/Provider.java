package dev.orrery.simulator.http;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.play.Answer;

/**
 * What a simulated service knows of its own wire format. Called on event loops: must not block.
 * Scripts, the ledger and the connection are none of its business.
 */
public interface Provider {

    /**
     * Reads one request.
     *
     * @param endpoint the path below the service's base, with a leading slash
     */
    Question read(String endpoint, Received received);

    /**
     * Refuses, in the service's own form, a call whose script is none.
     *
     * @param why may be shown
     */
    Answer unreadable(String why);
}
