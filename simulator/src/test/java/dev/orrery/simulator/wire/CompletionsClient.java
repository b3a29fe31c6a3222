package dev.orrery.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of chat completions, whoever answers them.
 *
 * @param errorAt where the name of an error stands in its body
 * @param errors names of errors by status, where they are not those of OpenAI
 */
record CompletionsClient(String provider, String errorAt, Map<Integer, String> errors)
        implements Client {

    @Override
    public String route(String model, boolean streamed) {
        return "/chat/completions";
    }

    @Override
    public List<String> headers() {
        return List.of("authorization: Bearer any");
    }

    @Override
    public String request(String model, boolean streamed, boolean withTools) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", streamed);
        if (streamed && !provider.equals("mistral")) {
            body.putObject("stream_options").put("include_usage", true);
        }
        body.putArray("messages").addObject().put("role", "user").put("content", QUESTION);
        if (withTools) {
            ObjectNode tool = body.putArray("tools").addObject().put("type", "function");
            ObjectNode function = tool.putObject("function").put("name", "get_weather");
            function.set("parameters", Client.schema());
        }
        return body.toString();
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public @Nullable String text(Told event) {
        return Client.textOf(event.data().at("/choices/0/delta/content"));
    }

    @Override
    public @Nullable String finish(Told event) {
        return Client.textOf(event.data().at("/choices/0/finish_reason"));
    }

    @Override
    public @Nullable Spent spent(Told event, List<Told> all) {
        return wholeSpent(event.data());
    }

    @Override
    public boolean isError(Told event) {
        return isWholeError(event.data());
    }

    @Override
    public boolean isEnded(byte[] stream) {
        return new String(stream, StandardCharsets.UTF_8).stripTrailing().endsWith("data: [DONE]");
    }

    @Override
    public boolean statesCachedTokens() {
        return !provider.equals("mistral");
    }

    /** By index, or by position where there is none. */
    @Override
    public List<Called> calls(List<Told> events) {
        Map<Integer, String> names = new LinkedHashMap<>();
        Map<Integer, String> arguments = new LinkedHashMap<>();
        for (Told event : events) {
            int position = 0;
            for (JsonNode call : event.data().at("/choices/0/delta/tool_calls")) {
                int index = call.path("index").asInt(position++);
                names.merge(index, call.at("/function/name").asString(""), String::concat);
                arguments.merge(index, call.at("/function/arguments").asString(), String::concat);
            }
        }
        return names.entrySet().stream()
                .map(name -> new Called(name.getValue(), arguments.getOrDefault(name.getKey(), "")))
                .toList();
    }

    @Override
    public String stop() {
        return "stop";
    }

    @Override
    public String length() {
        return "length";
    }

    @Override
    public String tool() {
        return "tool_calls";
    }

    @Override
    public String filtered() {
        return "content_filter";
    }

    @Override
    public String wholeText(JsonNode body) {
        return body.at("/choices/0/message/content").asString("");
    }

    @Override
    public @Nullable String wholeFinish(JsonNode body) {
        return Client.textOf(body.at("/choices/0/finish_reason"));
    }

    @Override
    public @Nullable Spent wholeSpent(JsonNode body) {
        JsonNode usage = body.path("usage");
        return usage.isObject()
                ? new Spent(
                        usage.path("prompt_tokens").asInt(),
                        usage.at("/prompt_tokens_details/cached_tokens").asInt(0),
                        usage.path("completion_tokens").asInt())
                : null;
    }

    @Override
    public List<Called> wholeCalls(JsonNode body) {
        List<Called> calls = new ArrayList<>();
        for (JsonNode call : body.at("/choices/0/message/tool_calls")) {
            calls.add(
                    new Called(
                            call.at("/function/name").asString(),
                            call.at("/function/arguments").asString()));
        }
        return calls;
    }

    @Override
    public boolean isWholeError(JsonNode body) {
        return body.has("error") || body.path("object").asString("").equals("error");
    }

    @Override
    public String error(Answered answered) {
        JsonNode name = answered.json().at(errorAt);
        return name.isNull() || name.isMissingNode() ? "" : name.asString();
    }

    @Override
    public String usualError(int status) {
        return errors.getOrDefault(status, "");
    }

    @Override
    public String toString() {
        return provider;
    }
}
