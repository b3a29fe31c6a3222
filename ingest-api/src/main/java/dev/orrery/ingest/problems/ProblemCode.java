package dev.orrery.ingest.problems;

import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.http.ProblemType;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** How the door says no, beside what is common to all doors. */
public enum ProblemCode implements ProblemType {
    /** A field, parameter or header is missing, unknown, of the wrong type or out of range. */
    INVALID_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "Please check your request and try again."),
    /** No place is known by the name; coordinates would do instead. */
    PLACE_NOT_RESOLVED(HttpStatus.UNPROCESSABLE_CONTENT, "The place is not known by this name."),
    UNAUTHORISED(HttpStatus.UNAUTHORIZED, "A valid token is needed."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The token does not allow this."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer cannot be given in the form asked for."),
    /** The wallet does not cover the most that the message can cost. */
    PAYMENT_REQUIRED(HttpStatus.PAYMENT_REQUIRED, "Your balance is too low for this message."),
    /** One message of a session is answered at a time. */
    TURN_IN_PROGRESS(HttpStatus.CONFLICT, "The previous message is still being answered."),
    SESSION_CLOSED(HttpStatus.CONFLICT, "This conversation is closed."),
    BOT_NOT_AVAILABLE(HttpStatus.NOT_FOUND, "This assistant is not available."),
    BOT_NOT_CONFIGURED(HttpStatus.CONFLICT, "This assistant is not available."),
    /** The wallet, the price or the payment are in different currencies. */
    CURRENCY_MISMATCH(HttpStatus.CONFLICT, "The currencies do not match."),
    /** The Idempotency-Key belongs to another message. */
    IDEMPOTENCY_CONFLICT(
            HttpStatus.UNPROCESSABLE_CONTENT, "This key was used for another message."),
    /** The bot requires something that the profile does not say. */
    PROFILE_INCOMPLETE(HttpStatus.UNPROCESSABLE_CONTENT, "Your profile is not complete."),
    /** The payment id belongs to another payment. */
    PAYMENT_CONFLICT(HttpStatus.CONFLICT, "This payment was posted differently."),
    /** A message is rated when it has ended. */
    MESSAGE_NOT_FINISHED(HttpStatus.CONFLICT, "This message is still being answered."),
    /** What is asked for does not go together with what is there. */
    CONFLICT(HttpStatus.CONFLICT, "This does not go together with what is there."),
    /** The lint of a prompt found errors; it cannot be put in force. */
    PROMPT_REJECTED(HttpStatus.UNPROCESSABLE_CONTENT, "This prompt has errors."),
    /** One user asks for too much at once. */
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many messages. Please wait a moment."),
    /** Something is away, full or about to stop. */
    SERVICE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The service is restarting. Please try again.");

    private static final long RETRY_AFTER_SECONDS = 2;

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Something is away for now. */
    public static Problem unavailable(String detail) {
        return new Problem(
                SERVICE_UNAVAILABLE, detail, Map.of(Problem.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }

    /**
     * Somebody asks for too much at once.
     *
     * @param seconds until it is worth a try, 1 or more
     */
    public static Problem tooMany(String detail, long seconds) {
        return new Problem(RATE_LIMITED, detail, Map.of(Problem.RETRY_AFTER, seconds));
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
