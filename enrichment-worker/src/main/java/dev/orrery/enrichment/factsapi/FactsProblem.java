package dev.orrery.enrichment.factsapi;

import dev.orrery.pipeline.http.ProblemType;
import org.springframework.http.HttpStatus;

/** How a fact is refused, beside what is common to all doors. */
enum FactsProblem implements ProblemType {
    /** A field is missing, unknown, of the wrong type or out of range. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Please check your request and try again."),
    /** The token is for another user than the one asked about. */
    NOT_THIS_USER(HttpStatus.FORBIDDEN, "This token is for another user."),
    /** Profiles cannot be read for the moment. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "This is not available. Please try again shortly.");

    private final HttpStatus status;
    private final String title;

    FactsProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
