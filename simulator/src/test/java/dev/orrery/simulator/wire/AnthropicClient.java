package dev.orrery.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Anthropic's Messages. */
record AnthropicClient() implements Client {

    @Override
    public String provider() {
        return "anthropic";
    }

    @Override
    public String route(String model, boolean streamed) {
        return "/messages";
    }

    @Override
    public List<String> headers() {
        return List.of("x-api-key: any", "anthropic-version: 2023-06-01");
    }

    @Override
    public String request(String model, boolean streamed, boolean withTools) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("max_tokens", 256);
        body.put("stream", streamed);
        ObjectNode message = body.putArray("messages").addObject().put("role", "user");
        message.putArray("content").addObject().put("type", "text").put("text", QUESTION);
        if (withTools) {
            ObjectNode tool = body.putArray("tools").addObject().put("name", "get_weather");
            tool.set("input_schema", Client.schema());
        }
        return body.toString();
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public @Nullable String text(Told event) {
        return event.name().equals("content_block_delta")
                        && event.data().at("/delta/type").asString("").equals("text_delta")
                ? Client.textOf(event.data().at("/delta/text"))
                : null;
    }

    @Override
    public @Nullable String finish(Told event) {
        return event.name().equals("message_delta")
                ? Client.textOf(event.data().at("/delta/stop_reason"))
                : null;
    }

    /** What went in stands in the first event, and what came out in the last but one. */
    @Override
    public @Nullable Spent spent(Told event, List<Told> all) {
        JsonNode output = event.data().at("/usage/output_tokens");
        JsonNode input = all.getFirst().data().at("/message/usage");
        return event.name().equals("message_delta") && output.isNumber()
                ? spent(input, output.asInt())
                : null;
    }

    private static Spent spent(JsonNode usage, int output) {
        int cached = usage.path("cache_read_input_tokens").asInt();
        int written = usage.path("cache_creation_input_tokens").asInt();
        return new Spent(usage.path("input_tokens").asInt() + cached + written, cached, output);
    }

    @Override
    public boolean isError(Told event) {
        return event.name().equals("error") && isWholeError(event.data());
    }

    @Override
    public boolean isEnded(byte[] stream) {
        return new String(stream, StandardCharsets.UTF_8)
                .replace("\r\n", "\n")
                .stripTrailing()
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}");
    }

    @Override
    public long signsOfLife(byte[] stream) {
        return events(stream).stream().filter(event -> event.name().equals("ping")).count();
    }

    @Override
    public List<Called> calls(List<Told> events) {
        Map<Integer, String> names = new TreeMap<>();
        Map<Integer, String> arguments = new TreeMap<>();
        for (Told event : events) {
            int index = event.data().path("index").asInt(-1);
            JsonNode block = event.data().path("content_block");
            if (block.path("type").asString("").equals("tool_use")) {
                names.put(index, block.path("name").asString());
                arguments.put(index, "");
            }
            JsonNode delta = event.data().path("delta");
            if (delta.path("type").asString("").equals("input_json_delta")) {
                arguments.merge(index, delta.path("partial_json").asString(), String::concat);
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
        return "refusal";
    }

    @Override
    public String wholeText(JsonNode body) {
        StringBuilder text = new StringBuilder();
        for (JsonNode block : body.path("content")) {
            if (block.path("type").asString().equals("text")) {
                text.append(block.path("text").asString(""));
            }
        }
        return text.toString();
    }

    @Override
    public @Nullable String wholeFinish(JsonNode body) {
        return Client.textOf(body.path("stop_reason"));
    }

    @Override
    public @Nullable Spent wholeSpent(JsonNode body) {
        JsonNode usage = body.path("usage");
        return usage.isObject() ? spent(usage, usage.path("output_tokens").asInt()) : null;
    }

    @Override
    public List<Called> wholeCalls(JsonNode body) {
        List<Called> calls = new ArrayList<>();
        for (JsonNode block : body.path("content")) {
            if (block.path("type").asString().equals("tool_use")) {
                calls.add(
                        new Called(block.path("name").asString(), block.path("input").toString()));
            }
        }
        return calls;
    }

    @Override
    public boolean isWholeError(JsonNode body) {
        return body.path("type").asString("").equals("error") && body.at("/error/type").isString();
    }

    @Override
    public String error(Answered answered) {
        return answered.json().at("/error/type").asString();
    }

    @Override
    public String usualError(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 500, 503 -> "api_error";
            case 529 -> "overloaded_error";
            default -> "invalid_request_error";
        };
    }

    @Override
    public String toString() {
        return provider();
    }
}
