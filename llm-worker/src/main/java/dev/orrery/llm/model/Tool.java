package dev.orrery.llm.model;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something a model may ask to be called.
 *
 * @param name 1 to 64 letters, digits, underscores and hyphens, a letter or an underscore first:
 *     what every provider takes
 * @param description tells the model what it is good for; may be empty
 * @param inputSchema JSON Schema of an object, as JSON text; kept without white space
 */
public record Tool(String name, String description, String inputSchema) {

    /** What names have to look like. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Tool {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "tool: " + name + " (expected: " + NAME.pattern() + ")");
        }
        inputSchema = object(name, inputSchema).toString();
    }

    /** UTF-16 units of all texts. */
    public int size() {
        return name.length() + description.length() + inputSchema.length();
    }

    /** Checked here, so that no adapter sends a body that is no JSON. */
    private static JsonNode object(String name, String text) {
        JsonNode schema;
        try {
            schema = JSON.readTree(text);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "schema of tool " + name + " (expected: JSON)", unreadable);
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException(
                    "schema of tool " + name + ": " + schema.getNodeType() + " (expected: OBJECT)");
        }
        return schema;
    }
}
