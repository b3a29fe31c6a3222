package dev.orrery.simulator.aisdk;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.chat.Body;
import dev.orrery.simulator.chat.ChatProvider;
import dev.orrery.simulator.chat.Refusal;
import dev.orrery.simulator.chat.Transcript;
import dev.orrery.simulator.chat.Wire;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.Problem;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.prose.Conversation;
import dev.orrery.simulator.reply.Asked;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /api/chat}, which always streams. Nobody has to say who he is. The protocol lets a
 * request have fields of its own: {@code model}, {@code maxOutputTokens} and {@code tools} by name
 * are read here. An error is a short text for people.
 */
public final class AiSdk implements Wire {

    private static final String ROUTE = "/api/chat";

    private static final String MODEL = "default";

    private AiSdk() {}

    public static Provider chat(Clock clock) {
        return new ChatProvider(new AiSdk(), clock);
    }

    @Override
    public Asked read(String endpoint, Received received) {
        if (!received.method().equals("POST") || !endpoint.equals(ROUTE)) {
            throw Refusal.noSuchRoute(received.method(), endpoint);
        }
        JsonNode root = Body.object(received.body());
        String model = Body.encodable(root.path("model").asString(MODEL));
        return new Asked(
                model,
                model,
                conversation(root),
                true,
                true,
                Body.bound(root, "maxOutputTokens"),
                tools(root.path("tools")));
    }

    private static Conversation conversation(JsonNode root) {
        Transcript transcript = new Transcript();
        for (JsonNode message : Body.list(root, "messages")) {
            String text = Body.text(message.path("parts"));
            switch (message.path("role").asString("")) {
                case "system" -> transcript.instructed(text);
                case "user" -> transcript.byUser(text);
                case "assistant" -> {
                    transcript.byModel(text);
                    outputs(message.path("parts"), transcript);
                }
                default -> throw Refusal.invalid("messages: unknown role", "messages");
            }
        }
        return transcript.conversation();
    }

    /** A call and what came of it are one part of the message. */
    private static void outputs(JsonNode parts, Transcript transcript) {
        List<JsonNode> calls =
                parts.valueStream()
                        .filter(part -> part.path("type").asString("").startsWith("tool-"))
                        .toList();
        calls.forEach(call -> transcript.called(call.path("toolCallId").asString("")));
        for (JsonNode call : calls) {
            if (call.path("state").asString("").equals("output-available")) {
                JsonNode output = call.path("output");
                transcript.byTool(
                        call.path("toolCallId").asString(""),
                        Body.encodable(
                                output.isString() ? output.stringValue() : output.toString()));
            }
        }
    }

    private static List<Tool> tools(JsonNode byName) {
        List<Tool> tools = new ArrayList<>();
        byName.properties()
                .forEach(each ->
                        tools.add(
                                new Tool(
                                        Body.encodable(each.getKey()),
                                        each.getValue().path("inputSchema"))));
        return tools;
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of();
    }

    @Override
    public ErrorForm errors() {
        return AiSdk::error;
    }

    private static ErrorPage error(Problem problem) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "text/plain; charset=utf-8");
        if (problem.retryAfter() != null) {
            headers.put("retry-after", Long.toString(problem.retryAfterSeconds()));
        }
        String text =
                problem.code() == null
                        ? problem.message()
                        : problem.code() + ": " + problem.message();
        return new ErrorPage(headers, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Dialect stream(Reply reply, Received received) {
        return new UiMessage(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        throw new IllegalStateException("BUG: the protocol only streams");
    }
}
