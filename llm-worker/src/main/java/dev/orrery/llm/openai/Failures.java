package dev.orrery.llm.openai;

import dev.orrery.llm.http.FailureReader;
import dev.orrery.llm.http.RetryAfter;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.ModelFailure.Unauthorised.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the errors of this family mean. The code in the body comes first, because one status has
 * several meanings; the provider's message is not looked at and goes nowhere.
 */
final class Failures implements FailureReader {

    private static final Set<String> MONEY =
            Set.of(
                    "insufficient_quota",
                    "credit_balance_exhausted",
                    "organization_spend_limit_exceeded",
                    "project_spend_limit_exceeded",
                    "organization_usage_limit_exceeded",
                    "billing_hard_limit_reached");
    private static final Set<String> FILTER =
            Set.of("content_filter", "content_policy_violation", "content_filtered");
    private static final String BYTEPLUS_FILTER = "sensitivecontentdetected";
    private static final Set<String> RATE =
            Set.of("rate_limit_exceeded", "slow_down", "rate_limit_error", "too_many_requests");
    private static final Set<String> LOAD =
            Set.of(
                    "server_is_overloaded",
                    "service_unavailable_error",
                    "overloaded_error",
                    "overloaded");
    private static final Map<String, Refused> REFUSED =
            Map.of(
                    "invalid_api_key", Refused.KEY,
                    "authentication_error", Refused.KEY,
                    "permission_error", Refused.ACCESS,
                    "model_not_found", Refused.TARGET);

    private final JsonMapper json;
    private final Clock clock;

    Failures(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public ModelFailure read(int status, HttpHeaders headers, byte[] body) {
        var error = errorIn(body);
        if (status >= 300 && status < 400) {
            return new ModelFailure.MalformedResponse(
                    "status " + status + " (redirects are not followed)");
        }
        if (status < 400) {
            return error == null
                    ? new ModelFailure.MalformedResponse("status " + status + " without an answer")
                    : inStream(error);
        }
        var what = "status " + status;
        var wait = RetryAfter.of(headers, clock);
        var byCode = error == null ? null : byCode(error, what, wait);
        return byCode != null ? byCode : byStatus(status, what, wait);
    }

    /** The failure that an error object in place of a chunk means. */
    ModelFailure inStream(JsonNode error) {
        var what = "error in the stream";
        var byCode = byCode(error, what, null);
        if (byCode != null) {
            return byCode;
        }
        int status =
                error.path("code")
                        .asInt(0); // gateways put the status of whoever stands behind them here
        return status >= 400 && status <= 599
                ? byStatus(status, what + ", status " + status, null)
                : byType(error, what);
    }

    private static @Nullable ModelFailure byCode(
            JsonNode error, String what, @Nullable Duration wait) {
        var code = word(error, "code");
        var type = word(error, "type");
        if (MONEY.contains(code) || MONEY.contains(type)) {
            return new ModelFailure.QuotaExhausted(what);
        }
        if (code.equals("context_length_exceeded")) {
            return new ModelFailure.ContextTooLong(what);
        }
        if (FILTER.contains(code) || code.contains(BYTEPLUS_FILTER)) {
            return new ModelFailure.ContentFiltered(what);
        }
        if (RATE.contains(code)) {
            return new ModelFailure.RateLimited(what, wait);
        }
        return LOAD.contains(code) ? new ModelFailure.Overloaded(what, wait) : null;
    }

    private static ModelFailure byStatus(int status, String what, @Nullable Duration wait) {
        return switch (status) {
            case 401 -> new ModelFailure.Unauthorised(what, Refused.KEY);
            case 403 -> new ModelFailure.Unauthorised(what, Refused.ACCESS);
            case 404 -> new ModelFailure.Unauthorised(what, Refused.TARGET);
            case 402 -> new ModelFailure.QuotaExhausted(what);
            case 408, 409, 424, 425 -> new ModelFailure.ServerError(what, wait);
            case 413 -> new ModelFailure.ContextTooLong(what);
            case 429 -> new ModelFailure.RateLimited(what, wait);
            case 498, 503, 529 -> new ModelFailure.Overloaded(what, wait);
            default ->
                    status < 500
                            ? new ModelFailure.RejectedInput(what)
                            : new ModelFailure.ServerError(what, wait);
        };
    }

    /** Without a status the type is all there is. */
    private static ModelFailure byType(JsonNode error, String what) {
        var type = word(error, "type");
        var code = word(error, "code");
        if (RATE.contains(type)) {
            return new ModelFailure.RateLimited(what, null);
        }
        if (LOAD.contains(type)) {
            return new ModelFailure.Overloaded(what, null);
        }
        var byCode = REFUSED.get(code);
        var refused = byCode == null ? REFUSED.get(type) : byCode;
        if (refused != null) {
            return new ModelFailure.Unauthorised(what, refused);
        }
        return type.equals("invalid_request_error")
                ? new ModelFailure.RejectedInput(what)
                : new ModelFailure.ServerError(what, null);
    }

    /** Most servers wrap the error in an object; some send a bare text. */
    private @Nullable JsonNode errorIn(byte[] body) {
        if (body.length == 0) {
            return null;
        }
        try {
            var error = json.readTree(body).path("error");
            return error.isMissingNode() || error.isNull() ? null : error;
        } catch (JacksonException noJson) {
            return null; // an error page of something in between: the status has to tell enough
        }
    }

    private static String word(JsonNode error, String field) {
        var value = error.path(field);
        return value.isString() ? value.stringValue().toLowerCase(Locale.ROOT) : "";
    }
}
