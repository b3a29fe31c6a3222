package dev.orrery.llm.bedrock;

import dev.orrery.llm.http.PlainStatus;
import dev.orrery.llm.http.RetryAfter;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.Unauthorised.Refused;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/**
 * What the exceptions of the SDK mean, before and inside a stream. The error's name comes first,
 * the status stands in for it. The message is looked at only where nothing else tells a spent day
 * or a long prompt, and goes nowhere.
 *
 * @param clock reads dates in Bedrock's wishes to be left alone
 */
record Failures(Clock clock) {

    ModelFailure of(Throwable failure, CallProgress progress) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ModelFailure known) {
                return known;
            }
            if (cause instanceof AwsServiceException service) {
                return service(service);
            }
        }
        return client(deepest(failure), progress);
    }

    private ModelFailure service(AwsServiceException error) {
        var details = error.awsErrorDetails();
        var wait = wait(error);
        var message = details == null ? null : details.errorMessage();
        var known =
                byName(
                        details == null ? null : details.errorCode(),
                        message == null ? "" : message.toLowerCase(Locale.ROOT),
                        wait);
        if (known != null) {
            return known;
        }
        int status =
                error instanceof ModelStreamErrorException inStream
                                && inStream.originalStatusCode() != null
                        ? inStream.originalStatusCode()
                        : error.statusCode();
        return status >= 300 && status <= 599
                ? PlainStatus.of(status, wait)
                : new ModelFailure.ServerError("error without a name", wait);
    }

    /** Only names of this list get into a message. */
    private static @Nullable ModelFailure byName(
            @Nullable String name, String message, @Nullable Duration wait) {
        if (name == null) {
            return null;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "throttlingexception" ->
                    message.contains("per day")
                            ? new ModelFailure.QuotaExhausted(name)
                            : new ModelFailure.RateLimited(name, wait);
            case "servicequotaexceededexception" -> new ModelFailure.QuotaExhausted(name);
            case "modelnotreadyexception", "serviceunavailableexception" ->
                    new ModelFailure.Overloaded(name, wait);
            case "internalserverexception", "modelerrorexception", "modeltimeoutexception" ->
                    new ModelFailure.ServerError(name, wait);
            case "unrecognizedclientexception",
                    "invalidsignatureexception",
                    "expiredtokenexception" ->
                    new ModelFailure.Unauthorised(name, Refused.KEY);
            case "accessdeniedexception" -> new ModelFailure.Unauthorised(name, Refused.ACCESS);
            case "resourcenotfoundexception" -> new ModelFailure.Unauthorised(name, Refused.TARGET);
            case "validationexception" -> invalid(name, message);
            default -> null;
        };
    }

    private static ModelFailure invalid(String name, String message) {
        return message.contains("input is too long")
                        || message.contains("prompt is too long")
                        || message.contains("too many input tokens")
                        || message.contains("exceed context limit")
                ? new ModelFailure.ContextTooLong(name)
                : new ModelFailure.RejectedInput(name);
    }

    private @Nullable Duration wait(AwsServiceException error) {
        var details = error.awsErrorDetails();
        var response = details == null ? null : details.sdkHttpResponse();
        if (response == null) {
            return null;
        }
        var headers = new HttpHeaders();
        response.forEachHeader(headers::addAll);
        return RetryAfter.of(headers, clock);
    }

    private static ModelFailure client(Throwable cause, CallProgress progress) {
        boolean late =
                cause instanceof TimeoutException || cause instanceof ConnectTimeoutException;
        if (late && !progress.isConnected()) {
            return new ModelFailure.TimedOut(ModelFailure.TimedOut.Limit.CONNECT);
        }
        if (!progress.isAnswered()) {
            return new ModelFailure.ConnectionFailed("no response", cause);
        }
        if (progress.status() >= 300) {
            return PlainStatus.of(progress.status(), null); // what it says of it is unreadable
        }
        return cause instanceof IOException && !(cause instanceof JsonProcessingException)
                ? new ModelFailure.TruncatedStream("connection lost", cause)
                : new ModelFailure.MalformedResponse(
                        "unreadable stream: " + cause.getClass().getSimpleName());
    }

    private static Throwable deepest(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
