package dev.orrery.llm.model;

import java.util.Locale;

/** Why a model stopped. */
public enum FinishReason {
    /** It had said what it wanted to say. */
    STOP,
    /** It reached the bound of its answer. */
    LENGTH,
    /** It wants a tool to be called. */
    TOOL,
    /** The provider held the answer, or the rest of it, back. */
    FILTERED,
    /** The provider says that generating went wrong. */
    ERROR;

    /** Name in events and rows: stop, length, tool, filtered, error. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
