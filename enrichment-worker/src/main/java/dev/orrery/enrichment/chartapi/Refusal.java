package dev.orrery.enrichment.chartapi;

import dev.orrery.enrichment.chart.ImpossibleBirth;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;

/**
 * How the service says no: a body with {@code "status": false}. The service itself may send it with
 * status 200; we say what kind of refusal it is.
 *
 * @param status of HTTP
 * @param message for the one who asked; may repeat what they sent, and is not for logs
 */
record Refusal(int status, String message) {

    static final Refusal NO_ACCOUNT =
            new Refusal(401, "Authentication failed (expected: user id and key as HTTP Basic)");

    static final Refusal NO_ENDPOINT =
            new Refusal(404, "No such endpoint (expected: POST to one of the tables)");

    /** Null for what is a defect of ours. */
    static @Nullable Refusal of(Throwable failure) {
        return switch (failure) {
            case ImpossibleBirth impossible -> new Refusal(400, message(impossible));
            case Unreadable unreadable -> new Refusal(400, message(unreadable));
            case DataBufferLimitException ignored ->
                    new Refusal(
                            413,
                            "the body is too large (expected: at most "
                                    + SentBirth.MOST_BYTES
                                    + " bytes)");
            case TimeoutException ignored ->
                    new Refusal(
                            408,
                            "the body is not complete (expected: within "
                                    + SentBirth.LONGEST_READ.toSeconds()
                                    + " s)");
            case RejectedExecutionException ignored ->
                    new Refusal(503, "too many births wait (expected: another try in a second)");
            default -> null;
        };
    }

    private static String message(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
