package dev.orrery.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Gemini that streams events. */
record GeminiClient() implements Client {

    @Override
    public String provider() {
        return "gemini";
    }

    @Override
    public String route(String model, boolean streamed) {
        return "/models/"
                + URLEncoder.encode(model, StandardCharsets.UTF_8)
                + (streamed ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    @Override
    public List<String> headers() {
        return List.of("x-goog-api-key: any");
    }

    @Override
    public String request(String model, boolean streamed, boolean withTools) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode content = body.putArray("contents").addObject().put("role", "user");
        content.putArray("parts").addObject().put("text", QUESTION);
        if (withTools) {
            ObjectNode tools = body.putArray("tools").addObject();
            ObjectNode tool = tools.putArray("functionDeclarations").addObject();
            tool.put("name", "get_weather").set("parameters", Client.schema());
        }
        return body.toString();
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public @Nullable String text(Told event) {
        return Client.textOf(JSON.getNodeFactory().stringNode(wholeText(event.data())));
    }

    /** A blocked prompt is a finish, too. */
    @Override
    public @Nullable String finish(Told event) {
        return wholeFinish(event.data());
    }

    /** Every chunk states what there is so far; the ones that finish state it all. */
    @Override
    public @Nullable Spent spent(Told event, List<Told> all) {
        boolean goesOn =
                wholeFinish(event.data()) == null && !event.data().path("candidates").isEmpty();
        return goesOn ? null : wholeSpent(event.data());
    }

    @Override
    public boolean isError(Told event) {
        return isWholeError(event.data());
    }

    /** There is no marker; the end is the chunk that finishes. */
    @Override
    public boolean isEnded(byte[] stream) {
        return events(stream).stream().anyMatch(event -> finish(event) != null);
    }

    @Override
    public List<Called> calls(List<Told> events) {
        return events.stream().flatMap(event -> wholeCalls(event.data()).stream()).toList();
    }

    @Override
    public String stop() {
        return "STOP";
    }

    @Override
    public String length() {
        return "MAX_TOKENS";
    }

    @Override
    public String tool() {
        return "STOP";
    }

    @Override
    public String filtered() {
        return "PROHIBITED_CONTENT";
    }

    @Override
    public String wholeText(JsonNode body) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : body.at("/candidates/0/content/parts")) {
            if (!part.path("thought").asBoolean(false)) {
                text.append(part.path("text").asString(""));
            }
        }
        return text.toString();
    }

    @Override
    public @Nullable String wholeFinish(JsonNode body) {
        String blocked = Client.textOf(body.at("/promptFeedback/blockReason"));
        return blocked != null ? blocked : Client.textOf(body.at("/candidates/0/finishReason"));
    }

    @Override
    public @Nullable Spent wholeSpent(JsonNode body) {
        JsonNode usage = body.path("usageMetadata");
        if (!usage.isObject()) {
            return null;
        }
        int output =
                usage.path("candidatesTokenCount").asInt(0)
                        + usage.path("thoughtsTokenCount").asInt(0);
        int input = usage.path("promptTokenCount").asInt();
        assertThat(usage.path("totalTokenCount").asInt()).isEqualTo(input + output);
        return new Spent(input, usage.path("cachedContentTokenCount").asInt(0), output);
    }

    @Override
    public List<Called> wholeCalls(JsonNode body) {
        List<Called> calls = new ArrayList<>();
        for (JsonNode part : body.at("/candidates/0/content/parts")) {
            JsonNode call = part.path("functionCall");
            if (call.isObject()) {
                calls.add(new Called(call.path("name").asString(), call.path("args").toString()));
            }
        }
        return calls;
    }

    @Override
    public boolean isWholeError(JsonNode body) {
        return body.at("/error/code").isNumber() && body.at("/error/status").isString();
    }

    @Override
    public String error(Answered answered) {
        return answered.json().at("/error/status").asString();
    }

    @Override
    public String usualError(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 408 -> "DEADLINE_EXCEEDED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 500 -> "INTERNAL";
            case 503, 529 -> "UNAVAILABLE";
            default -> "INVALID_ARGUMENT";
        };
    }

    /** In the details of the error. */
    @Override
    public String wait(Answered answered) {
        for (JsonNode detail : answered.json().at("/error/details")) {
            if (detail.path("@type").asString().endsWith("google.rpc.RetryInfo")) {
                return detail.path("retryDelay").asString().replaceFirst("s$", "");
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return provider();
    }
}
