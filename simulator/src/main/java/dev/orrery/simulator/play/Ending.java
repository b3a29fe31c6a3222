package dev.orrery.simulator.play;

/** What follows the last packet of a body. */
public enum Ending {
    /** The body ends as HTTP wants it; the connection serves the next request. */
    COMPLETE,

    /** The connection is closed in the middle of the body. */
    CUT,

    /** Nothing more comes, and the connection stays open until the client leaves. */
    SILENCE
}
