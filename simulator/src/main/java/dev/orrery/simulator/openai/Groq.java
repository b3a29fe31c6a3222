package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Problem;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groq: tokens ride on the finish, asked for or not, beside themselves in {@code x_groq}; errors
 * have no {@code param}.
 */
final class Groq implements Vendor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String OWN = "x_groq";

    @Override
    public ErrorForm errors() {
        return problem -> {
            String code = problem.code() == null ? code(problem.status()) : problem.code();
            return ErrorPage.json(problem, error(problem.message(), type(problem.status()), code));
        };
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of(
                "x-request-id", requestId(number),
                "x-ratelimit-limit-requests", "14400",
                "x-ratelimit-remaining-requests", "14399");
    }

    @Override
    public boolean statesTokens(JsonNode request) {
        return true;
    }

    @Override
    public Dialect stream(Reply reply) {
        return new GroqChunks(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return new GroqCompletion(reply);
    }

    private static String requestId(long number) {
        return "req_sim_" + number;
    }

    private static String type(int status) {
        return switch (status) {
            case 429 -> "requests";
            case 498 -> "capacity_exceeded";
            default -> status < 500 ? "invalid_request_error" : "internal_server_error";
        };
    }

    private static @Nullable String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            case 498 -> "capacity_exceeded";
            default -> null;
        };
    }

    private static byte[] error(String message, String type, @Nullable String code) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error").put("message", message).put("type", type);
        if (code != null) {
            error.put("code", code);
        }
        return JSON.writeValueAsBytes(root);
    }

    private static byte[] midway(@Nullable String code) {
        return error(
                Problem.marked("The model failed while it answered"),
                "internal_server_error",
                code);
    }

    /** Times are in seconds, and of a machine that takes none. */
    private static ObjectNode usageOf(Tokens tokens) {
        ObjectNode usage = Usage.of(tokens);
        usage.put("queue_time", 0.001).put("prompt_time", 0.001);
        return usage.put("completion_time", 0.001).put("total_time", 0.002);
    }

    private static final class GroqChunks extends Chunks {

        GroqChunks(Reply reply) {
            super(reply);
        }

        @Override
        public List<Event> opening() {
            ObjectNode delta = JSON.createObjectNode().put("role", "assistant");
            delta.put("content", reply().pieces() == 0 ? null : "");
            ObjectNode first = choice(delta, null);
            first.putObject(OWN).put("id", requestId(reply().number())).put("seed", 1);
            return List.of(Event.json(first));
        }

        @Override
        public List<Event> finish(String reason, int usages) {
            List<Event> events = new ArrayList<>();
            ObjectNode last = choice(JSON.createObjectNode(), reason);
            ObjectNode own = last.putObject(OWN).put("id", requestId(reply().number()));
            for (int i = 0; i < usages; i++) {
                ObjectNode stating = i == 0 ? last : chunk();
                stating.set("usage", usage(tokens()));
                (i == 0 ? own : stating.putObject(OWN)).set("usage", usage(tokens()));
                events.add(Event.json(stating));
            }
            return usages == 0 ? List.of(Event.json(last)) : events;
        }

        @Override
        ObjectNode usage(Tokens tokens) {
            return usageOf(tokens);
        }

        @Override
        ObjectNode chunk() {
            return bareChunk().put("system_fingerprint", Completion.FINGERPRINT);
        }

        @Override
        public Event error(@Nullable String code) {
            return new Event.Data(null, midway(code));
        }
    }

    private static final class GroqCompletion extends Completion {

        GroqCompletion(Reply reply) {
            super(reply);
        }

        @Override
        ObjectNode usage(Tokens tokens) {
            return usageOf(tokens);
        }

        @Override
        ObjectNode frame() {
            ObjectNode completion = bareFrame().put("system_fingerprint", FINGERPRINT);
            completion.putObject(OWN).put("id", requestId(reply().number()));
            return completion;
        }

        @Override
        public byte[] error(@Nullable String code) {
            return midway(code);
        }
    }
}
