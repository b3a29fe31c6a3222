package dev.orrery.simulator.openai;

import dev.orrery.simulator.script.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's errors. Every message holds the marker that must never reach a user. */
final class Errors {

    static final String INVALID_REQUEST = "invalid_request_error";

    private static final String SERVER_ERROR = "server_error";

    private static final JsonMapper JSON = JsonMapper.shared();

    private Errors() {}

    /**
     * The body of an error status.
     *
     * @param code null for the usual one of that status
     */
    static byte[] of(int status, @Nullable String code) {
        String said = code != null ? code : usualCode(status);
        return body("Simulated failure with status " + status, type(status, said), null, said);
    }

    /** What is said when a model fails after the status was sent. */
    static byte[] midway() {
        return body(
                "The server had an error while processing your request", SERVER_ERROR, null, null);
    }

    static byte[] body(String message, String type, @Nullable String param, @Nullable String code) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message + " [" + Fault.SECRET_MARKER + "]")
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
