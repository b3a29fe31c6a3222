package dev.orrery.simulator.bedrock;

import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Problem;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Errors of AWS: the name stands in a header, and the body has a message and nothing else. */
final class Errors {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String NAMESPACE = ":http://internal.amazon.com/coral/com.amazon.bedrock/";

    private Errors() {}

    static ErrorPage page(Problem problem) {
        String name = problem.code() == null ? name(problem.status()) : problem.code();
        ObjectNode body = JSON.createObjectNode().put("message", problem.message());
        return ErrorPage.json(
                problem,
                Map.of("x-amzn-errortype", name + NAMESPACE),
                JSON.writeValueAsBytes(body));
    }

    /** The payload of an exception in a stream. */
    static ObjectNode midway(String name) {
        ObjectNode payload =
                JSON.createObjectNode()
                        .put("message", Problem.marked("The system failed while it answered"));
        if (name.equals("modelStreamErrorException")) {
            payload.put("originalStatusCode", 500).put("originalMessage", "Internal server error");
        }
        return payload;
    }

    private static String name(int status) {
        return switch (status) {
            case 401 -> "UnrecognizedClientException";
            case 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 408 -> "ModelTimeoutException";
            case 424 -> "ModelErrorException";
            case 429 -> "ThrottlingException";
            case 503, 529 -> "ServiceUnavailableException";
            default -> status < 500 ? "ValidationException" : "InternalServerException";
        };
    }
}
