package dev.orrery.llm.chain;

import dev.orrery.llm.model.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * One call to one model.
 *
 * @param correlation what the chain is about: an id
 * @param number place among the calls of the chain, counted from the chain's first number
 * @param conversation what the model sees; not for logs
 * @param spender whom its cost is counted for, beside everybody: a bot's id, or a service's name;
 *     null for nobody
 */
public record Call(
        String correlation,
        int number,
        Step step,
        Conversation conversation,
        @Nullable String spender) {

    Call(ChainRequest request, int number, Step step) {
        this(request.correlation(), number, step, request.conversation(), request.spender());
    }
}
