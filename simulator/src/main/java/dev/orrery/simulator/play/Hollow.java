package dev.orrery.simulator.play;

/** Ways in which an answer can be well-formed and without use. */
public enum Hollow {
    /** The keys that the client looks for are not there. */
    MISSING_KEYS,
    /** The list, or the object, in which the client looks is empty. */
    EMPTY_LIST,
    /** The text is null. */
    NULL_TEXT
}
