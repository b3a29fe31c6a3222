package dev.orrery.simulator.openai;

import dev.orrery.simulator.prose.Conversation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client asks for.
 *
 * @param maxTokens bound of the answer; empty without one
 * @param usageInStream whether a stream states its tokens
 */
record CompletionRequest(
        String model,
        Conversation conversation,
        boolean stream,
        boolean usageInStream,
        OptionalInt maxTokens) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Reads a request, or throws a {@link Refusal} that says what is wrong with it. */
    static CompletionRequest read(byte[] body) {
        JsonNode root = parsed(body);
        String model = encodable(root.path("model").asString(""));
        if (model.isEmpty()) {
            throw Refusal.invalid("You must provide a model parameter", "model");
        }
        return new CompletionRequest(
                model,
                conversation(root.path("messages")),
                root.path("stream").asBoolean(false),
                root.path("stream_options").path("include_usage").asBoolean(false),
                maxTokens(root));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JacksonException notJson) {
            // Said below; Jackson's own message would repeat what users wrote.
        }
        throw Refusal.invalid("The body of the request is not a JSON object", null);
    }

    private static Conversation conversation(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw Refusal.invalid(
                    "messages: expected a list with at least one message", "messages");
        }
        StringJoiner instruction = new StringJoiner("\n");
        List<Conversation.Message> said = new ArrayList<>();
        for (JsonNode message : messages) {
            String text = text(message.path("content"));
            switch (message.path("role").asString("")) {
                case "system", "developer" -> instruction.add(text);
                case "user" -> said.add(new Conversation.Message(true, text));
                case "assistant", "tool", "function" ->
                        said.add(new Conversation.Message(false, text));
                default -> throw Refusal.invalid("messages: unknown role", "messages");
            }
        }
        return new Conversation(instruction.toString(), said);
    }

    /** Content is a text, a list of parts of which some are texts, or null beside a tool call. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return encodable(content.asString(""));
        }
        StringJoiner texts = new StringJoiner("\n");
        for (JsonNode part : content) {
            texts.add(encodable(part.path("text").asString("")));
        }
        return texts.toString();
    }

    /** Escapes can make halves of characters, which no answer could repeat. */
    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The newer name wins. */
    private static OptionalInt maxTokens(JsonNode root) {
        for (String name : List.of("max_completion_tokens", "max_tokens")) {
            JsonNode value = root.path(name);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1) {
                throw Refusal.invalid(name + ": expected a whole number above 0", name);
            }
            return OptionalInt.of(value.asInt());
        }
        return OptionalInt.empty();
    }
}
