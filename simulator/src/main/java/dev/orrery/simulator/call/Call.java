package dev.orrery.simulator.call;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call that a simulated service received. Read on any thread; the state moves while one looks.
 */
public final class Call {

    private final String target;

    private final Received received;

    private final Instant at;

    /** OPEN → ANSWERED | CUT | CANCELLED; whoever is first decides. */
    private final AtomicReference<CallState> state = new AtomicReference<>(CallState.OPEN);

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

    public CallState state() {
        return state.get();
    }

    /** Ends the call, unless it has ended already. */
    public void end(CallState how) {
        state.compareAndSet(CallState.OPEN, how);
    }

    @Override
    public String toString() {
        return "call of " + target + " at " + at + ": " + state;
    }
}
