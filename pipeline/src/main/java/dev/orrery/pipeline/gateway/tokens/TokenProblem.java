package dev.orrery.pipeline.gateway.tokens;

import dev.orrery.pipeline.http.ProblemType;
import org.springframework.http.HttpStatus;

/** What is wrong with a call that shows no good token. */
public enum TokenProblem implements ProblemType {
    /** The token is missing, or is not what it should be; one wording for every defect. */
    INVALID_TOKEN(HttpStatus.UNAUTHORIZED, "A valid service token is needed.");

    private final HttpStatus status;
    private final String title;

    TokenProblem(HttpStatus status, String title) {
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
