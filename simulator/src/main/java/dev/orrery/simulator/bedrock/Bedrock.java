package dev.orrery.simulator.bedrock;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /model/{modelId}/converse} and {@code /converse-stream}, alone or below the name of a
 * region, which then stands before the model in the ledger: the same model in two regions is two
 * targets. Any signature and any bearer token is accepted.
 */
public final class Bedrock implements Wire {

    private static final Pattern ENDPOINT =
            Pattern.compile(
                    "(?:/([a-z]{2}(?:-[a-z]+)+-\\d))?/model/(.+)/(converse|converse-stream)",
                    Pattern.DOTALL);

    private Bedrock() {}

    public static Provider converse(Clock clock) {
        return new ChatProvider(new Bedrock(), clock);
    }

    @Override
    public Asked read(String endpoint, Received received) {
        Matcher matcher = ENDPOINT.matcher(endpoint);
        if (!received.method().equals("POST") || !matcher.matches()) {
            throw new Refusal(
                    404,
                    "UnknownOperationException",
                    "Unknown request: " + received.method() + " " + endpoint,
                    null);
        }
        if (received.header("authorization") == null) {
            throw new Refusal(
                    403,
                    "MissingAuthenticationTokenException",
                    "Missing Authentication Token",
                    null);
        }
        String model = Body.encodable(matcher.group(2));
        String region = matcher.group(1);
        JsonNode root = Body.object(received.body());
        return new Asked(
                region == null ? model : region + "/" + model,
                model,
                conversation(root),
                matcher.group(3).equals("converse-stream"),
                true,
                Body.bound(root.path("inferenceConfig"), "maxTokens"),
                tools(root.path("toolConfig").path("tools")));
    }

    private static Conversation conversation(JsonNode root) {
        Transcript transcript = new Transcript().instructed(Body.text(root.path("system")));
        for (JsonNode message : Body.list(root, "messages")) {
            JsonNode content = message.path("content");
            switch (message.path("role").asString("")) {
                case "user" -> byUser(content, transcript);
                case "assistant" -> {
                    transcript.byModel(Body.text(content));
                    within(content, "toolUse")
                            .forEach(use -> transcript.called(use.path("toolUseId").asString("")));
                }
                default ->
                        throw Refusal.invalid(
                                "messages: role must be user or assistant", "messages");
            }
        }
        return transcript.conversation();
    }

    /** What tools returned comes in the name of the user, before what the user says. */
    private static void byUser(JsonNode content, Transcript transcript) {
        List<JsonNode> results = within(content, "toolResult");
        for (JsonNode result : results) {
            transcript.byTool(
                    result.path("toolUseId").asString(""), returned(result.path("content")));
        }
        String text = Body.text(content);
        if (results.isEmpty() || !text.isEmpty()) {
            transcript.byUser(text);
        }
    }

    /** Text, or else JSON. */
    private static String returned(JsonNode content) {
        String text = Body.text(content);
        JsonNode json = content.path(0).path("json");
        return text.isEmpty() && json.size() > 0 ? Body.encodable(json.toString()) : text;
    }

    private static List<JsonNode> within(JsonNode content, String kind) {
        return content.valueStream()
                .filter(block -> block.has(kind))
                .map(block -> block.path(kind))
                .toList();
    }

    private static List<Tool> tools(JsonNode list) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode each : list) {
            JsonNode spec = each.path("toolSpec");
            tools.add(
                    new Tool(
                            Body.encodable(spec.path("name").asString("")),
                            spec.path("inputSchema").path("json")));
        }
        return tools;
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of("x-amzn-requestid", "00000000-0000-4000-8000-%012x".formatted(number));
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
        return new Conversed(reply);
    }
}
