package dev.orrery.llm.gateway.answer;

import org.jspecify.annotations.Nullable;

/**
 * What a model wants to be called.
 *
 * @param id names the call to whoever answers it
 * @param arguments JSON text as the model wrote it; not every model writes it well
 * @param signature to be sent back with the call as it is, see {@link
 *     dev.orrery.llm.model.ToolCall#signature}; null for none
 */
public record ToolCall(String id, String name, String arguments, @Nullable String signature) {

    /** A call that is not signed. */
    public ToolCall(String id, String name, String arguments) {
        this(id, name, arguments, null);
    }

    /** UTF-16 units of all texts. */
    int size() {
        int signed = signature == null ? 0 : signature.length();
        return id.length() + name.length() + arguments.length() + signed;
    }
}
