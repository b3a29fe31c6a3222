package dev.orrery.ingest.problems;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * Every way the door says no. The code is stable; clients may branch on it, and on nothing else.
 */
public enum ProblemCode {
    /** The body is not one JSON object in UTF-8. */
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body cannot be read."),
    /** A field, parameter or header is missing, unknown, of the wrong type or out of range. */
    INVALID_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "Please check your request and try again."),
    /** No place is known by the name; coordinates would do instead. */
    PLACE_NOT_RESOLVED(
            HttpStatus.UNPROCESSABLE_CONTENT, "The place is not known by this name."),
    UNAUTHORISED(HttpStatus.UNAUTHORIZED, "A valid token is needed."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The token does not allow this."),
    /** There is no such thing, or it is somebody else's. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing here."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not offered here."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer cannot be given in the form asked for."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body has to be application/json."),
    /** The body did not arrive in time. */
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request took too long to arrive."),
    /** The body as a whole, or the text of a message. */
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "This message is too long."),
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
    SERVICE_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The service is restarting. Please try again."),
    INTERNAL(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong on our side. Please try again.");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Lower case, words joined by underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public HttpStatus status() {
        return status;
    }

    /** What a user may be shown. */
    public String title() {
        return title;
    }
}
