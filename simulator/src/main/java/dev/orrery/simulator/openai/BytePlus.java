package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Problem;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * BytePlus ModelArk: thoughts come as {@code reasoning_content}, error codes are words in camel
 * case and every message of an error names the request.
 */
final class BytePlus implements Vendor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String THOUGHTS = "reasoning_content";

    private static final String BROKEN = "InternalServiceError";

    @Override
    public ErrorForm errors() {
        return problem ->
                ErrorPage.json(
                        problem,
                        error(
                                problem.message(),
                                problem.number(),
                                problem.code() == null ? code(problem.status()) : problem.code(),
                                type(problem.status())));
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of("x-request-id", requestId(number));
    }

    @Override
    public Dialect stream(Reply reply) {
        return new BytePlusChunks(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return new BytePlusCompletion(reply);
    }

    private static String requestId(long number) {
        return "021764sim" + number;
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "AuthenticationError";
            case 403 -> "AccessDenied";
            case 404 -> "InvalidEndpointOrModel.NotFound";
            case 429 -> "RateLimitExceeded.EndpointRPMExceeded";
            case 503, 529 -> "ServerOverloaded";
            default -> status < 500 ? "InvalidParameter" : BROKEN;
        };
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 429 -> "TooManyRequests";
            default -> status < 500 ? "BadRequest" : "InternalServerError";
        };
    }

    private static byte[] error(String message, long number, String code, String type) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("code", code)
                .put("message", message + " Request ID: " + requestId(number))
                .put("param", "")
                .put("type", type);
        return JSON.writeValueAsBytes(root);
    }

    private static byte[] midway(Reply reply, @Nullable String code) {
        return error(
                Problem.marked("The service failed while it answered."),
                reply.number(),
                code == null ? BROKEN : code,
                "InternalServerError");
    }

    private static final class BytePlusChunks extends Chunks {

        BytePlusChunks(Reply reply) {
            super(reply);
        }

        @Override
        public List<Event> opening() {
            List<Event> events = new ArrayList<>();
            if (reply().thinks()) {
                ObjectNode thought = JSON.createObjectNode().put("role", "assistant");
                thought.put("content", "").put(THOUGHTS, Reply.THOUGHT);
                events.add(Event.json(choice(thought, null)));
            }
            ObjectNode delta = JSON.createObjectNode().put("role", "assistant");
            events.add(Event.json(choice(delta.put("content", ""), null)));
            return events;
        }

        @Override
        ObjectNode chunk() {
            ObjectNode chunk = bareChunk().put("service_tier", "default");
            return reply().tokens() == null ? chunk : chunk.putNull("usage");
        }

        @Override
        public Event error(@Nullable String code) {
            return new Event.Data(null, midway(reply(), code));
        }
    }

    private static final class BytePlusCompletion extends Completion {

        BytePlusCompletion(Reply reply) {
            super(reply);
        }

        @Override
        void decorate(ObjectNode message) {
            message.remove("refusal");
            if (reply().thinks()) {
                message.put(THOUGHTS, Reply.THOUGHT);
            }
        }

        @Override
        ObjectNode frame() {
            return bareFrame().put("service_tier", "default");
        }

        @Override
        public byte[] error(@Nullable String code) {
            return midway(reply(), code);
        }
    }
}
