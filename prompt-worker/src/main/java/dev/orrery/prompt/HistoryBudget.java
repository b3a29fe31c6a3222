package dev.orrery.prompt;

import dev.orrery.events.ContextAssembled;
import dev.orrery.events.Fact;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.variables.Variable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How much history fits into a prompt. An estimate: tokens differ by model, and a turn's price was
 * secured for the revision's limit, so the history gives way and never the rest.
 */
final class HistoryBudget {

    /** Usual for English; languages of other scripts have about as many bytes to a token. */
    private static final long BYTES_PER_TOKEN = 4;

    private HistoryBudget() {}

    /**
     * UTF-8 bytes of history, 0 or more, that the limit leaves beside the template, the facts and
     * the message.
     */
    static long bytes(Revision revision, ContextAssembled context) {
        long taken = revision.prompt().length() + size(context.getText());
        for (Fact fact : context.getFacts()) {
            taken += size(fact.getText());
        }
        long left = Math.max(0, revision.promptTokenLimit() * BYTES_PER_TOKEN - taken);
        // A template that writes the history out has it twice: there, and as messages.
        boolean writtenOut =
                revision.prompt().names().contains(Variable.CONVERSATION_HISTORY.wireName());
        return writtenOut ? left / 2 : left;
    }

    private static long size(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
