package dev.orrery.llm.gateway.answer;

/**
 * What a model wants to be called.
 *
 * @param id names the call to whoever answers it
 * @param arguments JSON text as the model wrote it; not every model writes it well
 */
public record ToolCall(String id, String name, String arguments) {

    /** UTF-16 units of all texts. */
    int size() {
        return id.length() + name.length() + arguments.length();
    }
}
