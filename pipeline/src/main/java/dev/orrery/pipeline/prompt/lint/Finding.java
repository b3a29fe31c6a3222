package dev.orrery.pipeline.prompt.lint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orrery.pipeline.prompt.yaml.Place;
import java.util.Locale;

/**
 * Something an author should know.
 *
 * @param code stable, lower case
 * @param message value and expectation
 * @param line counted from 1
 * @param column in code points, counted from 1
 */
public record Finding(String code, Severity severity, String message, int line, int column) {

    /** How much it matters. */
    public enum Severity {
        /** The prompt is not what its author meant; it must not be activated. */
        ERROR,
        /** It works, and may be worse than it could be. */
        WARNING;

        /** Lower case. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding error(String code, String message, Place place) {
        return new Finding(code, Severity.ERROR, message, place.line(), place.column());
    }

    static Finding warning(String code, String message, Place place) {
        return new Finding(code, Severity.WARNING, message, place.line(), place.column());
    }

    /** What an author wrote is repeated within bounds. */
    static String shown(String written) {
        return written.length() <= 80 ? written : written.substring(0, 80) + "…";
    }

    @JsonIgnore
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
