package dev.orrery.llm.model;

/**
 * A call for a tool, as the assistant has made it.
 *
 * @param id names the call to its result
 * @param name of the tool
 * @param arguments JSON text of an object, sent on as it is; a blank one says that there are none
 */
public record ToolCall(String id, String name, String arguments) {

    private static final String NONE = "{}";

    public ToolCall {
        Tool.requireName(name);
        arguments = arguments.isBlank() ? NONE : arguments.strip();
        JsonObjects.of("arguments of a call of " + name, arguments);
    }

    /** The same call by another name of it. */
    ToolCall called(String otherId) {
        return new ToolCall(otherId, name, arguments);
    }

    /** UTF-16 units of all that a model sees of it. */
    public int size() {
        return name.length() + arguments.length();
    }
}
