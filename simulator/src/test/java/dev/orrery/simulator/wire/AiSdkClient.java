package dev.orrery.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of the UI message stream. */
record AiSdkClient() implements Client {

    @Override
    public String provider() {
        return "ai-sdk";
    }

    @Override
    public String route(String model, boolean streamed) {
        return "";
    }

    @Override
    public List<String> headers() {
        return List.of();
    }

    @Override
    public String request(String model, boolean streamed, boolean withTools) {
        ObjectNode body = JSON.createObjectNode().put("id", "c1").put("trigger", "submit-message");
        body.put("model", model);
        ObjectNode message = body.putArray("messages").addObject().put("id", "u1");
        message.put("role", "user");
        message.putArray("parts").addObject().put("type", "text").put("text", QUESTION);
        if (withTools) {
            ObjectNode tool = body.putObject("tools").putObject("get_weather");
            tool.put("description", "Now").set("inputSchema", Client.schema());
        }
        return body.toString();
    }

    @Override
    public boolean answersWhole() {
        return false;
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public @Nullable String text(Told event) {
        return is(event, "text-delta") ? Client.textOf(event.data().path("delta")) : null;
    }

    @Override
    public @Nullable String finish(Told event) {
        return is(event, "finish") ? Client.textOf(event.data().path("finishReason")) : null;
    }

    @Override
    public @Nullable Spent spent(Told event, List<Told> all) {
        JsonNode usage = event.data().at("/messageMetadata/totalUsage");
        return usage.isObject()
                ? new Spent(
                        usage.path("inputTokens").asInt(),
                        usage.at("/inputTokenDetails/cacheReadTokens").asInt(),
                        usage.path("outputTokens").asInt())
                : null;
    }

    @Override
    public boolean isError(Told event) {
        return is(event, "error") && event.data().path("errorText").isString();
    }

    @Override
    public boolean isEnded(byte[] stream) {
        return new String(stream, StandardCharsets.UTF_8).stripTrailing().endsWith("data: [DONE]");
    }

    @Override
    public List<Called> calls(List<Told> events) {
        return events.stream()
                .filter(event -> is(event, "tool-input-available"))
                .map(event ->
                        new Called(
                                event.data().path("toolName").asString(),
                                event.data().path("input").toString()))
                .toList();
    }

    private static boolean is(Told event, String type) {
        return event.data().path("type").asString("").equals(type);
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
        return "tool-calls";
    }

    @Override
    public String filtered() {
        return "content-filter";
    }

    @Override
    public String wholeText(JsonNode body) {
        throw new UnsupportedOperationException("only streams");
    }

    @Override
    public @Nullable String wholeFinish(JsonNode body) {
        throw new UnsupportedOperationException("only streams");
    }

    @Override
    public @Nullable Spent wholeSpent(JsonNode body) {
        throw new UnsupportedOperationException("only streams");
    }

    @Override
    public List<Called> wholeCalls(JsonNode body) {
        throw new UnsupportedOperationException("only streams");
    }

    @Override
    public boolean isWholeError(JsonNode body) {
        throw new UnsupportedOperationException("only streams");
    }

    /** The text is for people. */
    @Override
    public String error(Answered answered) {
        return answered.headers().getOrDefault("content-type", "");
    }

    @Override
    public String usualError(int status) {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String toString() {
        return provider();
    }
}
