package dev.orrery.llm.model;

import java.util.regex.Pattern;

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

    private static final String ANYTHING = "{\"type\":\"object\"}";

    public Tool {
        requireName(name);
        inputSchema = JsonObjects.of("schema of tool " + name, inputSchema).toString();
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "tool: " + name + " (expected: " + NAME.pattern() + ")");
        }
    }

    /** A tool of which nothing is known but that it was called. */
    static Tool called(String name) {
        return new Tool(name, "", ANYTHING);
    }

    /** UTF-16 units of all texts. */
    public int size() {
        return name.length() + description.length() + inputSchema.length();
    }
}
