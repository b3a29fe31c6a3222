package dev.orrery.simulator.openai;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.chat.Body;
import dev.orrery.simulator.chat.Refusal;
import dev.orrery.simulator.chat.Transcript;
import dev.orrery.simulator.chat.Wire;
import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.prose.Conversation;
import dev.orrery.simulator.reply.Asked;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code POST /chat/completions}. Any bearer token is accepted. */
record Completions(Vendor vendor) implements Wire {

    private static final String BEARER = "bearer ";

    @Override
    public Asked read(String endpoint, Received received) {
        requireKey(received);
        if (!received.method().equals("POST") || !endpoint.equals("/chat/completions")) {
            throw new Refusal(
                    404,
                    "unknown_url",
                    "Unknown request: " + received.method() + " " + endpoint,
                    null);
        }
        JsonNode root = Body.object(received.body());
        String model = Body.model(root);
        boolean streamed = root.path("stream").asBoolean(false);
        return new Asked(
                model,
                model,
                conversation(Body.list(root, "messages")),
                streamed,
                !streamed || vendor.statesTokens(root),
                Body.bound(root, "max_completion_tokens", "max_tokens"), // the newer name wins
                tools(root.path("tools")));
    }

    static void requireKey(Received received) {
        String authorization = received.header("authorization");
        boolean given =
                authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        && authorization.length() > BEARER.length();
        if (!given) {
            throw new Refusal(401, null, "No bearer token in the request", null);
        }
    }

    private static Conversation conversation(JsonNode messages) {
        Transcript transcript = new Transcript();
        for (JsonNode message : messages) {
            String text = Body.text(message.path("content")); // null beside a call
            switch (message.path("role").asString("")) {
                case "system", "developer" -> transcript.instructed(text);
                case "user" -> transcript.byUser(text);
                case "assistant" -> {
                    transcript.byModel(text);
                    message.path("tool_calls")
                            .forEach(call -> transcript.called(call.path("id").asString("")));
                }
                case "tool" -> transcript.byTool(message.path("tool_call_id").asString(""), text);
                default -> throw Refusal.invalid("messages: unknown role", "messages");
            }
        }
        return transcript.conversation();
    }

    private static List<Tool> tools(JsonNode list) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : list) {
            JsonNode function = tool.path("function");
            String name = Body.encodable(function.path("name").asString(""));
            if (name.isEmpty()) {
                throw Refusal.invalid("tools: a function without name", "tools");
            }
            tools.add(new Tool(name, function.path("parameters")));
        }
        return tools;
    }

    @Override
    public Map<String, String> headers(long number) {
        return vendor.headers(number);
    }

    @Override
    public ErrorForm errors() {
        return vendor.errors();
    }

    @Override
    public Dialect stream(Reply reply, Received received) {
        return vendor.stream(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return vendor.whole(reply);
    }
}
