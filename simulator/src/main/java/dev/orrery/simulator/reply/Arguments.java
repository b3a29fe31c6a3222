package dev.orrery.simulator.reply;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Arguments that a JSON Schema allows, as far as types, constants and lists of values go. */
final class Arguments {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Schemas are written by clients; what lies deeper is left empty. */
    private static final int MAX_DEPTH = 6;

    private static final int MAX_PROPERTIES = 40;

    private Arguments() {}

    static ObjectNode of(JsonNode schema) {
        return object(schema, 0);
    }

    private static ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.createObjectNode();
        if (depth < MAX_DEPTH) {
            schema.path("properties").properties().stream()
                    .limit(MAX_PROPERTIES)
                    .forEach(each -> object.set(each.getKey(), value(each.getValue(), depth + 1)));
        }
        return object;
    }

    private static JsonNode value(JsonNode schema, int depth) {
        JsonNode listed = schema.path("enum").path(0);
        JsonNode fixed = schema.has("const") ? schema.path("const") : listed;
        return fixed.isMissingNode() ? ofType(schema, depth) : fixed;
    }

    /** Types are in lower case in JSON Schema, and in upper case with Gemini. */
    private static JsonNode ofType(JsonNode schema, int depth) {
        JsonNode type =
                schema.path("type").isArray() ? schema.path("type").path(0) : schema.path("type");
        return switch (type.asString("string").toLowerCase(Locale.ROOT)) {
            case "integer", "number" -> number(schema);
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            case "array" -> list(schema, depth);
            case "object" -> object(schema, depth);
            case "null" -> JSON.getNodeFactory().nullNode();
            default -> JSON.getNodeFactory().stringNode("simulated");
        };
    }

    private static JsonNode list(JsonNode schema, int depth) {
        ArrayNode list = JSON.createArrayNode();
        return depth < MAX_DEPTH ? list.add(value(schema.path("items"), depth + 1)) : list;
    }

    private static JsonNode number(JsonNode schema) {
        JsonNode least = schema.path("minimum");
        return least.isNumber() ? least : JSON.getNodeFactory().numberNode(1);
    }
}
