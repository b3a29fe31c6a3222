package dev.orrery.llm.anthropic;

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
 * What the errors of this protocol mean. The type in the body comes first, the status stands in for
 * it. The message is looked at only where nothing else tells an empty account or a long prompt from
 * a wrong request, and goes nowhere.
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
        var wait = RetryAfter.of(headers, clock);
        var byType =
                status >= 300 && status < 400
                        ? null
                        : byType(errorIn(body), "status " + status, wait);
        return byType == null ? PlainStatus.of(status, wait) : byType;
    }

    /** The failure that an error event means. */
    ModelFailure inStream(@Nullable JsonNode error) {
        var what = "error in the stream";
        var byType = error == null ? null : byType(error, what, null);
        return byType == null ? new ModelFailure.ServerError(what, null) : byType;
    }

    private static @Nullable ModelFailure byType(
            JsonNode error, String what, @Nullable Duration wait) {
        if (word(error.path("details"), "error_code").equals("enforced_spend_limit_reached")) {
            return new ModelFailure.QuotaExhausted(what);
        }
        return switch (word(error, "type")) {
            case "invalid_request_error" -> invalidRequest(word(error, "message"), what);
            case "authentication_error" -> new ModelFailure.Unauthorised(what, Refused.KEY);
            case "permission_error" -> new ModelFailure.Unauthorised(what, Refused.ACCESS);
            case "not_found_error" -> new ModelFailure.Unauthorised(what, Refused.TARGET);
            case "billing_error" -> new ModelFailure.QuotaExhausted(what);
            case "request_too_large" -> new ModelFailure.ContextTooLong(what);
            case "rate_limit_error" -> new ModelFailure.RateLimited(what, wait);
            case "overloaded_error" -> new ModelFailure.Overloaded(what, wait);
            case "api_error", "timeout_error", "conflict_error" ->
                    new ModelFailure.ServerError(what, wait);
            default -> null;
        };
    }

    private static ModelFailure invalidRequest(String message, String what) {
        if (message.contains("credit balance") || message.contains("usage limits")) {
            return new ModelFailure.QuotaExhausted(what);
        }
        return message.contains("prompt is too long") || message.contains("exceed context limit")
                ? new ModelFailure.ContextTooLong(what)
                : new ModelFailure.RejectedInput(what);
    }

    private JsonNode errorIn(byte[] body) {
        try {
            return json.readTree(body).path("error");
        } catch (JacksonException noJson) {
            return json.missingNode(); // a proxy's page, say
        }
    }

    private static String word(JsonNode node, String field) {
        var value = node.path(field);
        return value.isString() ? value.stringValue().toLowerCase(Locale.ROOT) : "";
    }
}
