package dev.orrery.llm.model;

import org.jspecify.annotations.Nullable;

/**
 * A call for a tool, as the assistant has made it.
 *
 * @param id names the call to its result
 * @param name of the tool
 * @param arguments JSON text of an object, sent on as it is; a blank one says that there are none
 * @param signature what the adapter that has read the call wants to be given back with it; opaque
 *     to everybody else, and of no use to another adapter or model. Null for none
 */
public record ToolCall(String id, String name, String arguments, @Nullable String signature) {

    private static final String NONE = "{}";

    public ToolCall {
        Tool.requireName(name);
        arguments = arguments.isBlank() ? NONE : arguments.strip();
        JsonObjects.of("arguments of a call of " + name, arguments);
    }

    /** A call that is not signed. */
    public ToolCall(String id, String name, String arguments) {
        this(id, name, arguments, null);
    }

    /** The same call by another name of it. */
    ToolCall called(String otherId) {
        return new ToolCall(otherId, name, arguments, signature);
    }

    /** UTF-16 units of all that a model sees of it. */
    public int size() {
        return name.length() + arguments.length();
    }
}
