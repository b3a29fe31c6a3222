package dev.orrery.pipeline.prompt.variables;

import dev.orrery.pipeline.tool.CalledTool;
import java.util.List;

/**
 * One completed turn of a conversation.
 *
 * @param user what the user wrote, unchanged
 * @param bot the whole reply
 * @param calls for tools that led to it, as later turns tell of them
 */
public record Exchange(String user, String bot, List<CalledTool> calls) {

    public Exchange {
        calls = List.copyOf(calls);
    }

    /** A turn without calls. */
    public Exchange(String user, String bot) {
        this(user, bot, List.of());
    }

    /** The same turn in words alone. */
    public Exchange withoutCalls() {
        return calls.isEmpty() ? this : new Exchange(user, bot);
    }

    /** Nothing: it is what people wrote. */
    @Override
    public String toString() {
        return "Exchange[]";
    }
}
