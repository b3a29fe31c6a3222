package dev.orrery.llm.safety;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.turns.FailureCode;
import java.util.List;

/**
 * What was noticed in one run, as its outcome tells it, and the failures that come of it. At most
 * one thing is: whatever is noticed ends the run.
 *
 * <p>Written by the chain's signals, which come one at a time; read when it has ended.
 */
final class Marks {

    private static final String UNAVAILABLE = "unavailable";

    private volatile List<String> names = List.of();

    List<String> names() {
        return names;
    }

    void helped() {
        names = List.of(SafeChain.CRISIS);
    }

    /** A text is refused for what was found in it. */
    ChainEvent refused(Side side, String category, List<CallTrace> calls) {
        note(side, category);
        return new ChainEvent.Failed(FailureCode.CONTENT_REFUSED, calls);
    }

    /** Nothing was found in a text that nobody could judge: trying again may help. */
    ChainEvent unjudged(Side side, List<CallTrace> calls) {
        note(side, UNAVAILABLE);
        return new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, calls);
    }

    private void note(Side side, String why) {
        names = List.of(side.wireName() + "_refused:" + why);
    }
}
