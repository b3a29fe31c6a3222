package dev.orrery.llm.tools;

import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Asks models until there is an answer in words: where they call tools, the calls are carried out,
 * side by side, and the chain is run again with what came of them. At most {@value #MOST_ROUNDS}
 * rounds and {@value #MOST_CALLS} calls, all within the time that the request has; the last round
 * offers no tools, so that words must come.
 *
 * <p>Thread safety: any number of dialogues at once, on any thread; never blocks. Cancelling one
 * breaks its calls off, of models and of tools.
 *
 * @param source carries the calls out
 * @param listeners hear of every call for a tool
 * @param maxReplyChars the longest answer of all rounds together, with the calls that led to it, in
 *     UTF-16 units: all of it has to fit into one record
 */
public record Dialogue(
        ToolSource source,
        List<ToolListener> listeners,
        int maxReplyChars,
        Clock clock,
        Ticker ticker) {

    static final int MOST_ROUNDS = 4;
    static final int MOST_CALLS = 8;

    public Dialogue {
        listeners = List.copyOf(listeners);
    }

    /**
     * Runs a dialogue once per subscription. Ends with one answer or one failure; does not fail
     * itself.
     *
     * @param chain is run once a round
     * @param request the first round; its conversation has the tools
     * @param tools the same, and who carries them out
     */
    public Flux<DialogueEvent> run(Chain chain, ChainRequest request, List<OfferedTool> tools) {
        return Flux.defer(() -> new Talk(this, chain, request, tools).round());
    }
}
