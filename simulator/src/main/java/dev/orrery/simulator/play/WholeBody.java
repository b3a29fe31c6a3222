package dev.orrery.simulator.play;

import dev.orrery.simulator.script.Fault;
import org.jspecify.annotations.Nullable;

/** How one service writes an answer that is not streamed. Made for one answer. */
public interface WholeBody {

    /** Content type of the body. */
    String contentType();

    /** How many waits of the script's pace pass before it is there: one a piece of text. */
    int pieces();

    /**
     * The body.
     *
     * @param fault changes what is said if it lies in the content, and nothing if it lies in the
     *     way it is sent, or has no meaning for this body
     */
    byte[] bytes(Fault.InContent fault);

    /**
     * The error that comes with status 200.
     *
     * @param code the service's own name of it; null for that of a broken server
     */
    byte[] error(@Nullable String code);
}
