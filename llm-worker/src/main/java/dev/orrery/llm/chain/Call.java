package dev.orrery.llm.chain;

import dev.orrery.llm.model.Conversation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to one model.
 *
 * @param correlation what the chain is about: an id
 * @param number place among the calls of the chain, counted from the chain's first number
 * @param conversation what the model sees; not for logs
 * @param spender whom its cost is counted for, beside everybody: a bot's id, or a service's name;
 *     null for nobody
 * @param origin who asks, as spans tell it
 * @param before what became of the steps before it in this chain, those that were skipped too
 */
public record Call(
        String correlation,
        int number,
        Step step,
        Conversation conversation,
        @Nullable String spender,
        Origin origin,
        List<CallTrace> before) {

    public Call {
        before = List.copyOf(before);
    }

    /** The first call of a chain, of which nobody knows who asks. */
    public Call(
            String correlation,
            int number,
            Step step,
            Conversation conversation,
            @Nullable String spender) {
        this(correlation, number, step, conversation, spender, Origin.UNKNOWN, List.of());
    }

    Call(ChainRequest request, int number, Step step, List<CallTrace> before) {
        this(
                request.correlation(),
                number,
                step,
                request.conversation(),
                request.spender(),
                request.origin(),
                before);
    }

    /** The same call of a model that knows nothing of tools. */
    Call withoutTools() {
        return new Call(
                correlation, number, step, conversation.withoutTools(), spender, origin, before);
    }

    /** Whether another target than the chain's first one is asked. */
    public boolean isFallback() {
        return !before.isEmpty() && !isFor(before.getFirst());
    }

    /** How often the same target was asked, just before. */
    public int retries() {
        int retries = 0;
        for (var trace : before.reversed()) {
            if (!isFor(trace) || trace.wasSkipped()) {
                break;
            }
            retries++;
        }
        return retries;
    }

    private boolean isFor(CallTrace trace) {
        return step.target().equals(trace.target());
    }
}
