package dev.orrery.pipeline.http;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * A way to say no, one constant of a catalogue. The code is stable; clients may branch on it, and
 * on nothing else.
 */
public interface ProblemType {

    /** As an enum has it. */
    String name();

    HttpStatus status();

    /** What a user may be shown. */
    String title();

    /** Lower case, words joined by underscores. */
    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
