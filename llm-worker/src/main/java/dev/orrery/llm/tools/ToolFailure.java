package dev.orrery.llm.tools;

import java.util.Locale;

/** A call for a tool has no result. The model is told, and the user is not. */
public final class ToolFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why; the name in lower case is the stable code. */
    public enum Reason {
        /** The prompt has no such tool. */
        UNKNOWN_TOOL,
        /** The arguments are not what the tool takes. */
        BAD_ARGUMENTS,
        /** The turn has called as many as it may. */
        TOO_MANY_CALLS,
        /** There is no such fact: the user has not told what it needs, or its source has none. */
        ABSENT,
        /** Whoever knows cannot be reached, or is nowhere to be asked. */
        UNAVAILABLE,
        /** It took too long. */
        TIMED_OUT,
        /** Our mistake. */
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final String words;

    /**
     * @param words for the model: what was wrong, and what would be right
     */
    public ToolFailure(Reason reason, String words) {
        super(reason.code() + ": " + words, null, false, false); // a value: no stack is looked at
        this.reason = reason;
        this.words = words;
    }

    public Reason reason() {
        return reason;
    }

    public String words() {
        return words;
    }
}
