package dev.orrery.simulator.script;

/**
 * A script that is not of the language described in the README. The message says which part, and
 * may be shown.
 */
public final class ScriptUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScriptUnreadable(String message) {
        super(message);
    }
}
