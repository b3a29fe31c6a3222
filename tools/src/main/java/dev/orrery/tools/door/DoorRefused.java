package dev.orrery.tools.door;

import java.io.IOException;

/** The door answered with a problem. */
public final class DoorRefused extends IOException {

    private final int status;

    DoorRefused(int status, String body) {
        super("the door answered " + status + ": " + body);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Whether the same request may succeed a little later. */
    boolean isTemporary() {
        return status == 503 || status == 429;
    }
}
