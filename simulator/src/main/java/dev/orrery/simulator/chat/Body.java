package dev.orrery.simulator.chat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what all providers' requests have in common; throws a {@link Refusal} that says what is
 * wrong.
 */
public final class Body {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Body() {}

    /** The body of a request, which must be a JSON object. */
    public static JsonNode object(byte[] body) {
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

    /** A list that must have something in it. */
    public static JsonNode list(JsonNode root, String name) {
        JsonNode list = root.path(name);
        if (!list.isArray() || list.isEmpty()) {
            throw Refusal.invalid(name + ": expected a list with at least one message", name);
        }
        return list;
    }

    /** The name of a model, where the body has it. */
    public static String model(JsonNode root) {
        String model = encodable(root.path("model").asString(""));
        if (model.isEmpty()) {
            throw Refusal.invalid("You must provide a model parameter", "model");
        }
        return model;
    }

    /** Text, alone or as parts of which some have a {@code text}; empty for anything else. */
    public static String text(JsonNode content) {
        if (!content.isArray()) {
            return encodable(content.asString(""));
        }
        StringJoiner texts = new StringJoiner("\n");
        for (JsonNode part : content) {
            if (part.path("text").isString()) {
                texts.add(encodable(part.path("text").asString()));
            }
        }
        return texts.toString();
    }

    /**
     * The bound of the answer: the first of these fields that is there.
     *
     * @return empty if none is
     */
    public static OptionalInt bound(JsonNode root, String... names) {
        for (String name : names) {
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

    /** Escapes can make halves of characters, which no answer could repeat. */
    public static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
