package dev.orrery.ingest.admin.configs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something that a lint has found.
 *
 * @param code stable, for example {@code unknown_variable}
 * @param message one sentence, for the author
 * @param line counted from 1; 0 when it is about no place
 * @param column counted from 1; 0 when it is about no place
 */
public record PromptFinding(Severity severity, String code, String message, int line, int column) {

    /** What follows from it. */
    public enum Severity {
        /** The revision cannot be put in force. */
        ERROR,
        /** It can, but should be looked at again. */
        WARNING;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }
}
