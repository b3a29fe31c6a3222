package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's errors. Every message holds the marker that must never reach a user. */
final class Errors {

    private static final String INVALID_REQUEST = "invalid_request_error";

    private static final String SERVER_ERROR = "server_error";

    private static final JsonMapper JSON = JsonMapper.shared();

    private Errors() {}

    /** An error status, with the wait in a header. */
    static ErrorPage page(Problem problem) {
        String code = problem.code() != null ? problem.code() : usualCode(problem.status());
        byte[] body = body(problem.message(), type(problem.status(), code), problem.param(), code);
        return ErrorPage.json(problem, waits(problem), body);
    }

    private static Map<String, String> waits(Problem problem) {
        return problem.retryAfter() == null
                ? Map.of()
                : Map.of(
                        "retry-after-ms",
                        Long.toString(problem.retryAfter().toMillis()),
                        "x-ratelimit-remaining-requests",
                        "0",
                        "x-ratelimit-reset-requests",
                        problem.retryAfterSeconds() + "s");
    }

    /**
     * What is said when a model fails after the status was sent.
     *
     * @param code null for a broken server
     */
    static byte[] midway(@Nullable String code) {
        String message = "The server had an error while processing your request";
        return body(Problem.marked(message), code == null ? SERVER_ERROR : code, null, code);
    }

    private static byte[] body(
            String message, String type, @Nullable String param, @Nullable String code) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return JSON.writeValueAsBytes(root);
    }

    private static @Nullable String usualCode(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            case 503 -> "server_is_overloaded";
            default -> null;
        };
    }

    /** Where money has run out, the type says so whatever the code is. */
    private static String type(int status, @Nullable String code) {
        boolean money =
                code != null
                        && (code.equals("insufficient_quota")
                                || code.endsWith("_exhausted")
                                || code.endsWith("_limit_exceeded")
                                        && !code.equals("rate_limit_exceeded"));
        if (status == 429) {
            return money ? "insufficient_quota" : "requests";
        }
        if (status == 503) {
            return "service_unavailable_error";
        }
        return status < 500 ? INVALID_REQUEST : SERVER_ERROR;
    }
}
