package dev.orrery.simulator.call;

/** The life of a call: it is open, and then it has ended in exactly one of the other ways. */
public enum CallState {
    /** The answer is being sent, or withheld. */
    OPEN,

    /** The whole answer was sent. */
    ANSWERED,

    /** The simulator closed the connection, as its script says or because it shuts down. */
    CUT,

    /** The client went away first. */
    CANCELLED
}
