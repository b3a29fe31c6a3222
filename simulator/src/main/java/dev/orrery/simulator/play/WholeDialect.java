package dev.orrery.simulator.play;

import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How one provider writes an answer that is not streamed. Made for one answer. */
public interface WholeDialect {

    /**
     * What is said.
     *
     * @param text null for a text that is null
     * @param calls of tools, after the text
     * @param reason why it finishes; null if it does not
     * @param usage whether the tokens are stated
     */
    record Said(
            @Nullable String text, List<ToolCall> calls, @Nullable String reason, boolean usage) {}

    ObjectNode body(Said said);

    /** A body without use; never {@link Hollow#NULL_TEXT}. */
    ObjectNode hollow(Hollow how);

    /** A body that says the prompt is refused; null if a finish says so. */
    default @Nullable ObjectNode blocked() {
        return null;
    }

    /** The word for a reason to finish. */
    String word(Finish finish);

    /**
     * The error that comes with status 200.
     *
     * @param code the provider's own name of it; null for that of a broken server
     */
    byte[] error(@Nullable String code);
}
