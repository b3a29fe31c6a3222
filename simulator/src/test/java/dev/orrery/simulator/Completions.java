package dev.orrery.simulator;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the OpenAI service, and reads what comes. */
final class Completions {

    static final String PATH = "/openai/v1/chat/completions";

    static final String KEY = "authorization: Bearer simulated";

    static final String QUESTION = "Will I find a new job this year?";

    private static final JsonMapper JSON = JsonMapper.shared();

    private Completions() {}

    static RawCall.Heard stream(Simulator simulator, String model) throws IOException {
        try (RawCall call = begin(simulator, body(model, true))) {
            return call.readAll();
        }
    }

    static RawCall.Heard whole(Simulator simulator, String model) throws IOException {
        try (RawCall call = begin(simulator, body(model, false))) {
            return call.readAll();
        }
    }

    static RawCall begin(Simulator simulator, JsonNode body) throws IOException {
        return RawCall.post(simulator, PATH, body.toString(), KEY);
    }

    /** A question that asks for the tokens. */
    static ObjectNode body(String model, boolean stream) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", stream);
        if (stream) {
            body.putObject("stream_options").put("include_usage", true);
        }
        body.putArray("messages").addObject().put("role", "user").put("content", QUESTION);
        return body;
    }

    static JsonNode json(RawCall.Heard heard) {
        return JSON.readTree(heard.bytes());
    }

    /** The data of each event, comments left out. */
    static List<String> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** The events that are JSON. */
    static List<JsonNode> events(RawCall.Heard heard) {
        return data(heard.text()).stream()
                .filter(data -> !data.equals("[DONE]"))
                .<JsonNode>map(JSON::readTree)
                .toList();
    }

    /** The pieces of text, in order. */
    static List<String> pieces(RawCall.Heard heard) {
        return deltas(heard)
                .map(delta -> delta.path("content").asString(""))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    static Stream<JsonNode> deltas(RawCall.Heard heard) {
        return events(heard).stream()
                .flatMap(event -> event.path("choices").valueStream())
                .map(choice -> choice.path("delta"));
    }

    /** The reasons to finish, in order. */
    static List<String> finishes(RawCall.Heard heard) {
        return events(heard).stream()
                .flatMap(event -> event.path("choices").valueStream())
                .map(choice -> choice.path("finish_reason"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
    }

    /** The statements of tokens, in order. */
    static List<JsonNode> usages(RawCall.Heard heard) {
        return events(heard).stream()
                .map(event -> event.path("usage"))
                .filter(JsonNode::isObject)
                .toList();
    }

    static String lastData(RawCall.Heard heard) {
        return Objects.requireNonNull(data(heard.text()).getLast());
    }
}
