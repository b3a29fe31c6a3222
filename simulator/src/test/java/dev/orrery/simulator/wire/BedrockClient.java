package dev.orrery.simulator.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Bedrock's Converse that decodes frames itself. */
record BedrockClient() implements Client {

    @Override
    public String provider() {
        return "bedrock";
    }

    @Override
    public String route(String model, boolean streamed) {
        return "/model/"
                + URLEncoder.encode(model, StandardCharsets.UTF_8)
                + (streamed ? "/converse-stream" : "/converse");
    }

    @Override
    public List<String> headers() {
        return List.of("authorization: Bearer any");
    }

    @Override
    public String request(String model, boolean streamed, boolean withTools) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode message = body.putArray("messages").addObject().put("role", "user");
        message.putArray("content").addObject().put("text", QUESTION);
        if (withTools) {
            ObjectNode tool = body.putObject("toolConfig").putArray("tools").addObject();
            ObjectNode spec = tool.putObject("toolSpec").put("name", "get_weather");
            spec.putObject("inputSchema").set("json", Client.schema());
        }
        return body.toString();
    }

    @Override
    public String streamType() {
        return "application/vnd.amazon.eventstream";
    }

    @Override
    public List<Told> events(byte[] stream) {
        return FrameReader.events(stream);
    }

    @Override
    public @Nullable String text(Told event) {
        return event.name().equals("contentBlockDelta")
                ? Client.textOf(event.data().at("/delta/text"))
                : null;
    }

    @Override
    public @Nullable String finish(Told event) {
        return event.name().equals("messageStop")
                ? Client.textOf(event.data().path("stopReason"))
                : null;
    }

    @Override
    public @Nullable Spent spent(Told event, List<Told> all) {
        return event.name().equals("metadata") ? wholeSpent(event.data()) : null;
    }

    @Override
    public boolean isError(Told event) {
        return event.name().endsWith("Exception") && event.data().path("message").isString();
    }

    /** There is no marker; the end is the finish. */
    @Override
    public boolean isEnded(byte[] stream) {
        return events(stream).stream().anyMatch(event -> event.name().equals("messageStop"));
    }

    /** The protocol has none; a delta without text says nothing. */
    @Override
    public long signsOfLife(byte[] stream) {
        return events(stream).stream()
                .filter(event -> event.data().at("/delta/text").asString("none").isEmpty())
                .count();
    }

    @Override
    public List<Called> calls(List<Told> events) {
        Map<Integer, String> names = new TreeMap<>();
        Map<Integer, String> arguments = new TreeMap<>();
        for (Told event : events) {
            int index = event.data().path("contentBlockIndex").asInt(-1);
            JsonNode start = event.data().at("/start/toolUse");
            if (start.isObject()) {
                names.put(index, start.path("name").asString());
                arguments.put(index, "");
            }
            JsonNode piece = event.data().at("/delta/toolUse/input");
            if (piece.isString()) {
                arguments.merge(index, piece.asString(), String::concat);
            }
        }
        return names.entrySet().stream()
                .map(name -> new Called(name.getValue(), arguments.getOrDefault(name.getKey(), "")))
                .toList();
    }

    @Override
    public String stop() {
        return "end_turn";
    }

    @Override
    public String length() {
        return "max_tokens";
    }

    @Override
    public String tool() {
        return "tool_use";
    }

    @Override
    public String filtered() {
        return "content_filtered";
    }

    @Override
    public String wholeText(JsonNode body) {
        StringBuilder text = new StringBuilder();
        for (JsonNode block : body.at("/output/message/content")) {
            text.append(block.path("text").asString(""));
        }
        return text.toString();
    }

    @Override
    public @Nullable String wholeFinish(JsonNode body) {
        return Client.textOf(body.path("stopReason"));
    }

    @Override
    public @Nullable Spent wholeSpent(JsonNode body) {
        JsonNode usage = body.path("usage");
        if (!usage.isObject()) {
            return null;
        }
        int cached = usage.path("cacheReadInputTokens").asInt();
        return new Spent(
                usage.path("inputTokens").asInt() + cached,
                cached,
                usage.path("outputTokens").asInt());
    }

    @Override
    public List<Called> wholeCalls(JsonNode body) {
        List<Called> calls = new ArrayList<>();
        for (JsonNode block : body.at("/output/message/content")) {
            JsonNode call = block.path("toolUse");
            if (call.isObject()) {
                calls.add(new Called(call.path("name").asString(), call.path("input").toString()));
            }
        }
        return calls;
    }

    @Override
    public boolean isWholeError(JsonNode body) {
        return body.path("message").isString() && !body.has("output");
    }

    /** In a header, before a colon. */
    @Override
    public String error(Answered answered) {
        return answered.headers().getOrDefault("x-amzn-errortype", "").replaceFirst(":.*", "");
    }

    @Override
    public String usualError(int status) {
        return switch (status) {
            case 401 -> "UnrecognizedClientException";
            case 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 408 -> "ModelTimeoutException";
            case 429 -> "ThrottlingException";
            case 500 -> "InternalServerException";
            case 503, 529 -> "ServiceUnavailableException";
            default -> "ValidationException";
        };
    }

    @Override
    public String toString() {
        return provider();
    }
}
