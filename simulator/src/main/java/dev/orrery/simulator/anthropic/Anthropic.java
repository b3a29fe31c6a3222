package dev.orrery.simulator.anthropic;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.chat.Body;
import dev.orrery.simulator.chat.ChatProvider;
import dev.orrery.simulator.chat.Refusal;
import dev.orrery.simulator.chat.Transcript;
import dev.orrery.simulator.chat.Wire;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.prose.Conversation;
import dev.orrery.simulator.reply.Asked;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tool;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /messages}. Any {@code x-api-key} is accepted, {@code anthropic-version} and {@code
 * max_tokens} must be there, and roles are those of user and assistant only.
 */
public final class Anthropic implements Wire {

    private Anthropic() {}

    public static Provider messages(Clock clock) {
        return new ChatProvider(new Anthropic(), clock);
    }

    @Override
    public Asked read(String endpoint, Received received) {
        if (received.header("x-api-key") == null) {
            throw new Refusal(401, null, "x-api-key: header is required", null);
        }
        if (!received.method().equals("POST") || !endpoint.equals("/messages")) {
            throw Refusal.noSuchRoute(received.method(), endpoint);
        }
        if (received.header("anthropic-version") == null) {
            throw Refusal.invalid("anthropic-version: header is required", null);
        }
        JsonNode root = Body.object(received.body());
        String model = Body.model(root);
        OptionalInt bound = Body.bound(root, "max_tokens");
        if (bound.isEmpty()) {
            throw Refusal.invalid("max_tokens: Field required", "max_tokens");
        }
        return new Asked(
                model,
                model,
                conversation(root),
                root.path("stream").asBoolean(false),
                true,
                bound,
                tools(root.path("tools")));
    }

    private static Conversation conversation(JsonNode root) {
        Transcript transcript = new Transcript().instructed(Body.text(root.path("system")));
        for (JsonNode message : Body.list(root, "messages")) {
            JsonNode content = message.path("content");
            switch (message.path("role").asString("")) {
                case "user" -> byUser(content, transcript);
                case "assistant" -> {
                    transcript.byModel(Body.text(content));
                    blocks(content, "tool_use")
                            .forEach(block -> transcript.called(block.path("id").asString("")));
                }
                default ->
                        throw Refusal.invalid(
                                "messages: Unexpected role. Allowed are \"user\" and"
                                        + " \"assistant\"; an instruction goes into system",
                                "messages");
            }
        }
        return transcript.conversation();
    }

    /** What tools returned comes in the name of the user, before what the user says. */
    private static void byUser(JsonNode content, Transcript transcript) {
        List<JsonNode> results = blocks(content, "tool_result");
        for (JsonNode result : results) {
            transcript.byTool(
                    result.path("tool_use_id").asString(""), Body.text(result.path("content")));
        }
        String text = Body.text(content);
        if (results.isEmpty() || !text.isEmpty()) {
            transcript.byUser(text);
        }
    }

    private static List<JsonNode> blocks(JsonNode content, String type) {
        return content.valueStream()
                .filter(block -> block.path("type").asString("").equals(type))
                .toList();
    }

    private static List<Tool> tools(JsonNode list) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : list) {
            tools.add(
                    new Tool(
                            Body.encodable(tool.path("name").asString("")),
                            tool.path("input_schema")));
        }
        return tools;
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of(
                "request-id", Errors.requestId(number),
                "anthropic-ratelimit-requests-limit", "4000",
                "anthropic-ratelimit-requests-remaining", "3999");
    }

    @Override
    public ErrorForm errors() {
        return Errors::page;
    }

    @Override
    public Dialect stream(Reply reply, Received received) {
        return new Events(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return new Message(reply);
    }
}
