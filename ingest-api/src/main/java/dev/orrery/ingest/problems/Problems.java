package dev.orrery.ingest.problems;

import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.stage.StageFailure;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.resource.NoResourceFoundException;

/**
 * Finds the problem behind a failure; anything unknown is a defect of ours and shows as {@code
 * internal}.
 */
final class Problems {

    private Problems() {}

    static Problem of(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case DataBufferLimitException ignored ->
                    new Problem(
                            CommonProblem.PAYLOAD_TOO_LARGE,
                            "the body is larger than 262144 bytes");
            case AuthenticationServiceException ignored -> unavailable();
            case AuthenticationException ignored -> unauthorised();
            case AccessDeniedException ignored ->
                    new Problem(
                            ProblemCode.FORBIDDEN, "the token lacks the scope that is needed here");
            case NoResourceFoundException ignored ->
                    new Problem(CommonProblem.NOT_FOUND, "unknown path");
            case ErrorResponse response -> ofStatus(response.getStatusCode());
            default -> isOutage(failure) ? unavailable() : internal();
        };
    }

    private static Problem ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 ->
                    new Problem(
                            ProblemCode.INVALID_REQUEST, "a parameter or header cannot be read");
            case 404 -> new Problem(CommonProblem.NOT_FOUND, "unknown path");
            case 405 ->
                    new Problem(
                            CommonProblem.METHOD_NOT_ALLOWED,
                            "see the Allow header for what is offered");
            case 406 ->
                    new Problem(ProblemCode.NOT_ACCEPTABLE, "Accept (expected: application/json)");
            case 413 ->
                    new Problem(
                            CommonProblem.PAYLOAD_TOO_LARGE,
                            "the body is larger than 262144 bytes");
            case 415 ->
                    new Problem(
                            CommonProblem.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type (expected: application/json)");
            default -> internal();
        };
    }

    /** One wording for every reason: who guesses tokens learns nothing. */
    private static Problem unauthorised() {
        return new Problem(ProblemCode.UNAUTHORISED, "the token is missing or not valid");
    }

    private static Problem unavailable() {
        return ProblemCode.unavailable("something we depend on is away");
    }

    private static Problem internal() {
        return new Problem(CommonProblem.INTERNAL, "see the request id");
    }

    private static boolean isOutage(Throwable failure) {
        return switch (failure) {
            case TimeoutException ignored -> true;
            case PublishFailed ignored -> true;
            case TransientDataAccessException ignored -> true;
            case DataAccessResourceFailureException ignored -> true;
            default -> DatabaseFailures.classified(failure) instanceof StageFailure.Transient;
        };
    }
}
