package dev.orrery.pipeline.telemetry;

/** How much of prompts and answers spans tell. */
public enum Capture {
    /** Nothing. */
    NONE,
    /** How long they are. */
    LENGTHS,
    /** Their text, cut and with the most obvious personal data blotted out. */
    TEXT
}
