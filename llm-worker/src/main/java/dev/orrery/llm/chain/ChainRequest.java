package dev.orrery.llm.chain;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Models;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation and the chain that is to answer it.
 *
 * @param correlation what the calls are about, for the log: an id
 * @param firstNumber number of the first call, 1 or more
 * @param patience until the deadline, counted from the subscription; not positive means that it has
 *     passed
 * @param conduct how the chain is to be run
 * @param spender whom the cost is counted for, beside everybody: a bot's id, or a service's name;
 *     null for nobody
 * @param origin who asks, as spans tell it
 */
public record ChainRequest(
        String correlation,
        Conversation conversation,
        List<Step> steps,
        int firstNumber,
        Duration patience,
        Conduct conduct,
        @Nullable String spender,
        Origin origin) {

    public ChainRequest {
        steps = List.copyOf(steps);
    }

    /** The same chain, begun after a pause that its deadline does not wait for. */
    public ChainRequest after(Duration pause) {
        return new ChainRequest(
                correlation,
                conversation,
                steps,
                firstNumber,
                patience.minus(pause),
                conduct,
                spender,
                origin);
    }

    /** The same chain, each step saying where it goes: what is traced and guarded is the place. */
    ChainRequest placed(Models models) {
        return new ChainRequest(
                correlation,
                conversation,
                steps.stream().map(step -> step.placed(models)).toList(),
                firstNumber,
                patience,
                conduct,
                spender,
                origin);
    }

    /** A chain of which nobody knows who asks. */
    public ChainRequest(
            String correlation,
            Conversation conversation,
            List<Step> steps,
            int firstNumber,
            Duration patience,
            Refusals refusals,
            @Nullable String spender) {
        this(
                correlation,
                conversation,
                steps,
                firstNumber,
                patience,
                Conduct.after(refusals),
                spender,
                Origin.UNKNOWN);
    }

    /** A chain that goes on after a refusal, and whose cost is nobody's in particular. */
    public ChainRequest(
            String correlation,
            Conversation conversation,
            List<Step> steps,
            int firstNumber,
            Duration patience) {
        this(correlation, conversation, steps, firstNumber, patience, Refusals.DEFAULT, null);
    }
}
