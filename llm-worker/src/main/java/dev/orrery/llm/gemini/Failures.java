package dev.orrery.llm.gemini;

import dev.orrery.llm.http.FailureReader;
import dev.orrery.llm.http.PlainStatus;
import dev.orrery.llm.http.RetryAfter;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.Unauthorised.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the errors of this API mean: a {@code google.rpc.Status} in JSON, whose details tell a wrong
 * key from a wrong request and a spent day from a busy minute. The message is looked at only where
 * nothing else tells a prompt that is too long, and goes nowhere.
 */
final class Failures implements FailureReader {

    private final JsonMapper json;
    private final Clock clock;

    Failures(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public ModelFailure read(int status, HttpHeaders headers, byte[] body) {
        var error = errorIn(body);
        var asked = RetryAfter.of(headers, clock);
        var wait = asked == null ? RetryInfo.in(error) : asked;
        var known =
                status >= 300 && status < 400 ? null : byStatus(error, "status " + status, wait);
        return known == null ? PlainStatus.of(status, wait) : known;
    }

    /** The failure that an error object in place of content means. */
    ModelFailure inStream(JsonNode error) {
        var what = "error in the stream";
        var wait = RetryInfo.in(error);
        var known = byStatus(error, what, wait);
        if (known != null) {
            return known;
        }
        int code = error.path("code").asInt(0);
        return code >= 400 && code <= 599
                ? PlainStatus.of(code, wait)
                : new ModelFailure.ServerError(what, wait);
    }

    private static @Nullable ModelFailure byStatus(
            JsonNode error, String what, @Nullable Duration wait) {
        return switch (error.path("status").asString("")) {
            case "INVALID_ARGUMENT", "OUT_OF_RANGE" -> invalid(error, what);
            case "UNAUTHENTICATED" -> new ModelFailure.Unauthorised(what, Refused.KEY);
            case "FAILED_PRECONDITION", "PERMISSION_DENIED" ->
                    new ModelFailure.Unauthorised(what, Refused.ACCESS);
            case "NOT_FOUND" -> new ModelFailure.Unauthorised(what, Refused.TARGET);
            case "RESOURCE_EXHAUSTED" ->
                    isDaily(error)
                            ? new ModelFailure.QuotaExhausted(what)
                            : new ModelFailure.RateLimited(what, wait);
            case "UNAVAILABLE" -> new ModelFailure.Overloaded(what, wait);
            case "INTERNAL", "UNKNOWN", "DEADLINE_EXCEEDED", "CANCELLED", "ABORTED" ->
                    new ModelFailure.ServerError(what, wait);
            default -> null;
        };
    }

    /** A wrong key is an invalid argument to this API. */
    private static ModelFailure invalid(JsonNode error, String what) {
        for (var detail : error.path("details")) {
            if (detail.path("reason").asString("").startsWith("API_KEY_")) {
                return new ModelFailure.Unauthorised(what, Refused.KEY);
            }
        }
        var message = error.path("message").asString("").toLowerCase(Locale.ROOT);
        return message.contains("exceeds the maximum number of tokens")
                ? new ModelFailure.ContextTooLong(what)
                : new ModelFailure.RejectedInput(what);
    }

    /** Whether the share of a whole day is spent: waiting within a turn does not help. */
    private static boolean isDaily(JsonNode error) {
        for (var detail : error.path("details")) {
            for (var violation : detail.path("violations")) {
                if (violation.path("quotaId").asString("").contains("PerDay")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The error stands alone or, from some fronts of this API, in an array. */
    private JsonNode errorIn(byte[] body) {
        try {
            var answer = json.readTree(body);
            return (answer.isArray() ? answer.path(0) : answer).path("error");
        } catch (JacksonException noJson) {
            return json.missingNode(); // a proxy's page, say
        }
    }
}
