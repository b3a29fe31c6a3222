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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenRouter: comments while it looks for a model, the money beside the tokens, error codes that
 * are numbers, and a failure in the middle of a stream that is a chunk like any other.
 */
final class OpenRouter implements Vendor {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Event PROCESSING = new Event.Comment("OPENROUTER PROCESSING");

    private static final String SERVER_ERROR = "server_error";

    private static final int BAD_GATEWAY = 502;

    /** US dollars a token. */
    private static final double PRICE = 0.000_000_5;

    @Override
    public ErrorForm errors() {
        return problem ->
                ErrorPage.json(problem, error(problem.status(), problem.message(), problem.code()));
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of("x-generation-id", id(number));
    }

    @Override
    public Dialect stream(Reply reply) {
        return new OpenRouterChunks(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return new OpenRouterCompletion(reply);
    }

    private static String id(long number) {
        return "gen-sim-" + number;
    }

    private static byte[] error(int status, String message, @Nullable String reason) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error").put("code", status).put("message", message);
        ObjectNode metadata = error.putObject("metadata");
        if (reason != null) {
            metadata.putArray("reasons").add(reason);
        }
        return JSON.writeValueAsBytes(root);
    }

    private static ObjectNode usageOf(Tokens tokens) {
        return Usage.of(tokens).put("cost", tokens.total() * PRICE);
    }

    private static final class OpenRouterChunks extends Chunks {

        OpenRouterChunks(Reply reply) {
            super(reply);
        }

        @Override
        String id() {
            return OpenRouter.id(reply().number());
        }

        @Override
        public List<Event> opening() {
            List<Event> events = new ArrayList<>();
            events.add(PROCESSING);
            if (reply().thinks()) {
                ObjectNode thought = JSON.createObjectNode().put("role", "assistant");
                thought.put("content", "").put("reasoning", Reply.THOUGHT);
                events.add(Event.json(choice(thought, null)));
            }
            ObjectNode delta = JSON.createObjectNode().put("role", "assistant");
            events.add(Event.json(choice(delta.put("content", ""), null)));
            return events;
        }

        @Override
        ObjectNode chunk() {
            return bareChunk().put("provider", "Simulator");
        }

        @Override
        ObjectNode usage(Tokens tokens) {
            return usageOf(tokens);
        }

        @Override
        public Event error(@Nullable String code) {
            ObjectNode chunk = choice(JSON.createObjectNode().put("content", ""), "error");
            chunk.putObject("error")
                    .put("code", code == null ? SERVER_ERROR : code)
                    .put("message", Problem.marked("Provider disconnected"));
            return Event.json(chunk);
        }

        @Override
        public Event signOfLife() {
            return PROCESSING;
        }
    }

    private static final class OpenRouterCompletion extends Completion {

        OpenRouterCompletion(Reply reply) {
            super(reply);
        }

        @Override
        String id() {
            return OpenRouter.id(reply().number());
        }

        @Override
        void decorate(ObjectNode message) {
            if (reply().thinks()) {
                message.put("reasoning", Reply.THOUGHT);
            }
        }

        @Override
        ObjectNode frame() {
            return bareFrame().put("provider", "Simulator");
        }

        @Override
        ObjectNode usage(Tokens tokens) {
            return usageOf(tokens);
        }

        @Override
        public byte[] error(@Nullable String code) {
            return OpenRouter.error(
                    BAD_GATEWAY, Problem.marked("Provider returned an error"), code);
        }
    }
}
