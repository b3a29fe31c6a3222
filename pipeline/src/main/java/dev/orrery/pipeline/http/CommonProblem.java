package dev.orrery.pipeline.http;

import org.springframework.http.HttpStatus;

/** What can be wrong with a request at any door. */
public enum CommonProblem implements ProblemType {
    /** The body is not one JSON object in UTF-8. */
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body cannot be read."),
    /** There is no such thing, or it is somebody else's. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing here."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not offered here."),
    /** The body did not arrive in time. */
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request took too long to arrive."),
    /** The body as a whole, or a text in it. */
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "This message is too long."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body has to be application/json."),
    INTERNAL(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong on our side. Please try again.");

    private final HttpStatus status;
    private final String title;

    CommonProblem(HttpStatus status, String title) {
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
