package dev.orrery.embedded.host;

import java.io.Serial;

/** Somebody else listens on the port that a server wants. */
public final class PortTaken extends StartFailed {

    @Serial private static final long serialVersionUID = 1L;

    private final int port;

    private final String wantedBy;

    PortTaken(int port, String wantedBy) {
        super(
                "port %d is taken, and %s wants it: stop what listens there, or choose another port"
                        .formatted(port, wantedBy));
        this.port = port;
        this.wantedBy = wantedBy;
    }

    public int port() {
        return port;
    }

    /** The server that wanted the port, as a person would name it. */
    public String wantedBy() {
        return wantedBy;
    }
}
