package dev.orrery.pipeline.tool;

import java.util.Locale;

/** How a call for a tool stands, as readers of a reply are told. */
public enum CallState {
    /** The model has asked for it, and it is being carried out. */
    CALLED,
    /** The model was told what it had asked for. */
    ANSWERED,
    /** The app is to carry it out; nothing more is told of it. */
    HANDED_TO_APP,
    /** The model was told that there is no result, and why. */
    FAILED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
