package dev.orrery.llm.gateway.problems;

import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.ProblemType;
import dev.orrery.turns.FailureCode;
import org.springframework.http.HttpStatus;

/** How the gateway says no, beside what is common to all doors. */
public enum ProblemCode implements ProblemType {
    /** A field or header is missing, unknown, of the wrong type or out of range. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Please check your request and try again."),
    /** Every model that was asked refused the conversation. */
    CONTENT_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "No model takes this conversation."),
    /** Another request of the service had this id. */
    REQUEST_ID_CONFLICT(
            HttpStatus.UNPROCESSABLE_CONTENT, "This request id was used for another request."),
    /** The same request is being answered for another call. */
    REQUEST_IN_PROGRESS(HttpStatus.CONFLICT, "This request is still being answered."),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many messages. Please wait a moment."),
    ALL_PROVIDERS_FAILED(
            HttpStatus.BAD_GATEWAY, "No model can answer right now. Please try again shortly."),
    DEADLINE_EXCEEDED(HttpStatus.GATEWAY_TIMEOUT, "This took too long. Please try again."),
    /** What may be spent on models today is spent. */
    SPENDING_LIMIT_REACHED(HttpStatus.SERVICE_UNAVAILABLE, "No model may be asked any more today."),
    /** A stream whose answer broke off after some of it was sent. */
    ANSWER_BROKEN_OFF(
            HttpStatus.BAD_GATEWAY,
            "The answer broke off; what was sent of it is not complete. Please try again.");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** What a chain that found no answer looks like from outside. */
    public static ProblemType of(FailureCode failure) {
        return switch (failure) {
            case ALL_PROVIDERS_FAILED -> ALL_PROVIDERS_FAILED;
            case DEADLINE_EXCEEDED -> DEADLINE_EXCEEDED;
            case CONTENT_REFUSED -> CONTENT_REFUSED;
            case SPENDING_LIMIT_REACHED -> SPENDING_LIMIT_REACHED;
            case DATA_UNAVAILABLE, PROMPT_TOO_LONG, INTERNAL, CANCELLED -> CommonProblem.INTERNAL;
        };
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
