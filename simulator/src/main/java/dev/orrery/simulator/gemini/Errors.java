package dev.orrery.simulator.gemini;

import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Pages;
import dev.orrery.simulator.play.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code google.rpc.Status} in JSON; how long to wait stands in its details and in no header. */
final class Errors {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String TYPES = "type.googleapis.com/google.rpc.";

    private static final String QUOTA = "GenerateRequestsPerMinutePerProjectPerModel";

    private Errors() {}

    static ErrorPage page(Problem problem) {
        boolean isStatus = problem.code() != null && isStatus(problem.code());
        String status = isStatus ? problem.code() : status(problem.status());
        ObjectNode root = error(problem.status(), problem.message(), status);
        ArrayNode details = root.withObject("error").putArray("details");
        if ("RESOURCE_EXHAUSTED".equals(status)) {
            details.add(quotaFailure(isStatus ? null : problem.code()));
        } else if (!isStatus && problem.code() != null) {
            details.add(detail("ErrorInfo").put("reason", problem.code()));
        }
        if (problem.retryAfter() != null) {
            String delay = problem.retryAfterSeconds() + "s";
            details.add(detail("RetryInfo").put("retryDelay", delay));
        }
        return new ErrorPage(Map.of("content-type", Pages.JSON), JSON.writeValueAsBytes(root));
    }

    /**
     * @param status null for a broken server
     */
    static ObjectNode midway(@Nullable String status) {
        String said = status == null ? "INTERNAL" : status;
        return error(code(said), Problem.marked("An internal error has occurred"), said);
    }

    private static ObjectNode error(int code, String message, @Nullable String status) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("code", code).put("message", message).put("status", status);
        return root;
    }

    /**
     * An id such as {@code GenerateRequestsPerDayPerProjectPerModel} tells which share is spent.
     */
    private static ObjectNode quotaFailure(@Nullable String quotaId) {
        ObjectNode failure = detail("QuotaFailure");
        failure.putArray("violations")
                .addObject()
                .put("quotaMetric", "generativelanguage.googleapis.com/generate_requests")
                .put("quotaId", quotaId == null ? QUOTA : quotaId);
        return failure;
    }

    private static ObjectNode detail(String type) {
        return JSON.createObjectNode().put("@type", TYPES + type);
    }

    /** A code that is none is a reason, or the id of a quota. */
    private static boolean isStatus(String code) {
        return code.matches("[A-Z_]+") && !code.startsWith("API_KEY_");
    }

    private static String status(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 503, 529 -> "UNAVAILABLE";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }

    private static int code(String status) {
        return switch (status) {
            case "INVALID_ARGUMENT", "FAILED_PRECONDITION" -> 400;
            case "PERMISSION_DENIED" -> 403;
            case "NOT_FOUND" -> 404;
            case "RESOURCE_EXHAUSTED" -> 429;
            case "UNAVAILABLE" -> 503;
            case "DEADLINE_EXCEEDED" -> 504;
            default -> 500;
        };
    }
}
