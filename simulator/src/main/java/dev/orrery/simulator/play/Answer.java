package dev.orrery.simulator.play;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What happens on the connection after a request, as data: the HTTP server only carries it out. */
public sealed interface Answer {

    /** How long to wait before anything happens. */
    Duration after();

    /** The connection is reset, without a header. */
    record Reset(Duration after) implements Answer {}

    /** Nothing ever happens. */
    record Hang(Duration after) implements Answer {}

    /** Status 307 to the sibling {@code redirected} of the path asked for. */
    record Redirect(Duration after) implements Answer {}

    /**
     * A status, headers and a body.
     *
     * @param after before the status line
     * @param headers names in lower case; the body is chunked unless {@code content-length} is
     *     among them
     * @param packets made while they are sent; may be endless
     * @param apart whether each packet leaves on its own; otherwise those that are due together
     *     leave together
     */
    record Page(
            Duration after,
            int status,
            Map<String, String> headers,
            Iterable<Packet> packets,
            Ending ending,
            boolean apart)
            implements Answer {

        public Page {
            headers = Map.copyOf(headers);
        }

        /** With more headers; its own ones win. */
        public Page with(Map<String, String> more) {
            Map<String, String> all = new HashMap<>(more);
            all.putAll(headers);
            return new Page(after, status, all, packets, ending, apart);
        }
    }
}
