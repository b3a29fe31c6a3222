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

    /**
     * However large the limit of the revision is: the prompt is one record of a topic, which takes
     * 1 MiB.
     */
    static final long MOST_BYTES = 512 * 1024;

    private HistoryBudget() {}

    /**
     * UTF-8 bytes of history, 0 or more, that the limit leaves beside the template, the facts and
     * the message.
     */
    static long bytes(Revision revision, ContextAssembled context) {
        long taken =
                revision.prompt().bytes()
                        + copies(revision, Variable.USER_MESSAGE) * size(context.getText());
        for (Fact fact : context.getFacts()) {
            taken += size(fact.getText());
        }
        long left = Math.max(0, revision.promptTokenLimit() * BYTES_PER_TOKEN - taken);
        return Math.min(left, MOST_BYTES) / copies(revision, Variable.CONVERSATION_HISTORY);
    }

    /** What a template writes out stands in the prompt twice: there, and among the messages. */
    private static int copies(Revision revision, Variable variable) {
        return revision.prompt().names().contains(variable.wireName()) ? 2 : 1;
    }

    private static long size(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
