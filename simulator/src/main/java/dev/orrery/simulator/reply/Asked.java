package dev.orrery.simulator.reply;

import dev.orrery.simulator.prose.Conversation;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a client of any provider asks for.
 *
 * @param target under which the ledger counts it
 * @param model as the client names it; may carry a script
 * @param streamed whether the answer comes as events
 * @param tokensWanted whether the answer states its tokens, as far as the client has a say
 * @param maxTokens bound of the answer; empty without one
 * @param tools what the model may call; empty for none
 */
public record Asked(
        String target,
        String model,
        Conversation conversation,
        boolean streamed,
        boolean tokensWanted,
        OptionalInt maxTokens,
        List<Tool> tools) {

    public Asked {
        tools = List.copyOf(tools);
    }
}
