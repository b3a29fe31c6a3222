package dev.orrery.simulator.anthropic;

import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's errors; the same object in a body and in a stream. */
final class Errors {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Errors() {}

    static String requestId(long number) {
        return "req_sim_" + number;
    }

    static ErrorPage page(Problem problem) {
        ObjectNode error =
                error(type(problem.status(), problem.code()), problem.message(), problem.number());
        if (problem.code() != null && !isType(problem.code())) {
            error.withObject("error").putObject("details").put("error_code", problem.code());
        }
        return ErrorPage.json(problem, JSON.writeValueAsBytes(error));
    }

    /**
     * @param type null for a broken server
     */
    static ObjectNode midway(@Nullable String type, long number) {
        String said = type == null ? "api_error" : type;
        return error(said, Problem.marked("The model failed while it answered"), number);
    }

    private static ObjectNode error(String type, String message, long number) {
        ObjectNode root = JSON.createObjectNode().put("type", "error");
        root.putObject("error").put("type", type).put("message", message);
        return root.put("request_id", requestId(number));
    }

    private static boolean isType(String code) {
        return code.endsWith("_error") || code.equals("request_too_large");
    }

    /** A code that is no type is a detail of the type that the status has. */
    private static String type(int status, @Nullable String code) {
        if (code != null && isType(code)) {
            return code;
        }
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
