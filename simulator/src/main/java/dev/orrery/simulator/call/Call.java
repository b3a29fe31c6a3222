package dev.orrery.simulator.call;

import java.time.Instant;

/**
 * One call that a simulated service received. Read on any thread; the state moves while one looks.
 */
public final class Call {

    private final String target;

    private final Received received;

    private final Instant at;

    /** OPEN → ANSWERED | CUT | CANCELLED; whoever is first decides. */
    private CallState state = CallState.OPEN;

    Call(String target, Received received, Instant at) {
        this.target = target;
        this.received = received;
        this.at = at;
    }

    /** What was called: a model, a path. */
    public String target() {
        return target;
    }

    public Received received() {
        return received;
    }

    public Instant at() {
        return at;
    }

    public synchronized CallState state() {
        return state;
    }

    /** Ends the call, unless it has ended already. */
    public synchronized void end(CallState how) {
        if (state == CallState.OPEN) {
            state = how;
        }
    }

    @Override
    public String toString() {
        return "call of " + target + " at " + at + ": " + state();
    }
}
