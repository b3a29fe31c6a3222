package dev.orrery.llm.chain;

import dev.orrery.llm.model.Conversation;
import java.time.Duration;
import java.util.List;

/**
 * A conversation and the chain that is to answer it.
 *
 * @param correlation what the calls are about, for the log: an id
 * @param firstNumber number of the first call, 1 or more
 * @param patience until the deadline, counted from the subscription; not positive means that it has
 *     passed
 */
public record ChainRequest(
        String correlation,
        Conversation conversation,
        List<Step> steps,
        int firstNumber,
        Duration patience) {

    public ChainRequest {
        steps = List.copyOf(steps);
    }
}
