package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Problem;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import dev.orrery.simulator.reply.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mistral: tokens ride on the finish, asked for or not; calls of tools come whole on it too,
 * without index and type; the error is the body and not something in it.
 */
final class Mistral implements Vendor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int UNPROCESSABLE = 422;

    private static final List<String> CATEGORIES =
            List.of(
                    "sexual",
                    "hate_and_discrimination",
                    "violence_and_threats",
                    "dangerous_and_criminal_content",
                    "selfharm",
                    "health",
                    "financial",
                    "law",
                    "pii");

    @Override
    public ErrorForm errors() {
        return problem -> ErrorPage.json(problem, error(problem));
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of("mistral-correlation-id", id(number));
    }

    @Override
    public Judging judging() {
        return new Judging(CATEGORIES, "mod-sim-", false, midway(null));
    }

    @Override
    public boolean statesTokens(JsonNode request) {
        return true;
    }

    @Override
    public Dialect stream(Reply reply) {
        return new MistralChunks(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return new MistralCompletion(reply);
    }

    private static String id(long number) {
        return "5imu1a7ed%023x".formatted(number);
    }

    /** Nine letters and digits. */
    private static String callId(long number, int index) {
        return "s%06xc%x".formatted(number & 0xFFFFFF, index & 0xF);
    }

    private static byte[] error(Problem problem) {
        if (problem.status() == UNPROCESSABLE) {
            ObjectNode root = JSON.createObjectNode();
            ObjectNode detail = root.putArray("detail").addObject().put("type", "value_error");
            detail.putArray("loc").add("body").add("messages");
            detail.put("msg", problem.message());
            return JSON.writeValueAsBytes(root);
        }
        String code = problem.code() == null ? code(problem.status()) : problem.code();
        return error(problem.message(), type(problem.status()), problem.param(), code);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 429 -> "rate_limited";
            default -> status < 500 ? "invalid_request_error" : "internal_server_error";
        };
    }

    private static @Nullable String code(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 404 -> "unknown_model";
            case 429 -> "rate_limited";
            default -> null;
        };
    }

    private static byte[] error(
            String message, String type, @Nullable String param, @Nullable String code) {
        return JSON.writeValueAsBytes(
                JSON.createObjectNode()
                        .put("object", "error")
                        .put("message", message)
                        .put("type", type)
                        .put("param", param)
                        .put("code", code));
    }

    private static byte[] midway(@Nullable String code) {
        return error(
                Problem.marked("The model failed while it answered"),
                "internal_server_error",
                null,
                code);
    }

    private static final class MistralChunks extends Chunks {

        MistralChunks(Reply reply) {
            super(reply);
        }

        @Override
        String id() {
            return Mistral.id(reply().number());
        }

        @Override
        public List<Event> opening() {
            ObjectNode delta = JSON.createObjectNode().put("role", "assistant");
            return List.of(Event.json(choice(delta.put("content", ""), null)));
        }

        /** They come with the finish. */
        @Override
        public List<List<Event>> call(ToolCall call, int index) {
            return List.of();
        }

        @Override
        public List<Event> finish(String reason, int usages) {
            ObjectNode delta = JSON.createObjectNode();
            if (reply().calls().isEmpty()) {
                delta.put("content", "");
            } else {
                delta.putNull("content");
                ArrayNode calls = delta.putArray("tool_calls");
                reply().calls().forEach(call -> calls.add(called(call, calls.size())));
            }
            List<Event> events = new ArrayList<>();
            ObjectNode last = choice(delta, reason);
            for (int i = 0; i < usages; i++) {
                ObjectNode stating = i == 0 ? last : chunk();
                stating.set("usage", usage(tokens()));
                events.add(Event.json(stating));
            }
            return usages == 0 ? List.of(Event.json(last)) : events;
        }

        private ObjectNode called(ToolCall call, int index) {
            ObjectNode called = JSON.createObjectNode();
            called.put("id", Mistral.callId(reply().number(), index));
            called.putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments().toString());
            return called;
        }

        @Override
        ObjectNode usage(Tokens tokens) {
            return Usage.sums(tokens);
        }

        @Override
        ObjectNode chunk() {
            return bareChunk().put("p", "padding");
        }

        @Override
        public Event error(@Nullable String code) {
            return new Event.Data(null, midway(code));
        }
    }

    private static final class MistralCompletion extends Completion {

        MistralCompletion(Reply reply) {
            super(reply);
        }

        @Override
        String id() {
            return Mistral.id(reply().number());
        }

        @Override
        String callId(int index) {
            return Mistral.callId(reply().number(), index);
        }

        @Override
        void decorate(ObjectNode message) {
            message.remove("refusal");
        }

        @Override
        ObjectNode usage(Tokens tokens) {
            return Usage.sums(tokens);
        }

        @Override
        ObjectNode frame() {
            return bareFrame();
        }

        @Override
        public byte[] error(@Nullable String code) {
            return midway(code);
        }
    }
}
