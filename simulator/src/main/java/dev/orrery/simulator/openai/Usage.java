package dev.orrery.simulator.openai;

import dev.orrery.simulator.reply.Tokens;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The statement of tokens. */
final class Usage {

    private Usage() {}

    static ObjectNode of(Tokens tokens) {
        ObjectNode usage = sums(tokens);
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", tokens.cached())
                .put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", tokens.reasoning());
        return usage;
    }

    /** Without details. */
    static ObjectNode sums(Tokens tokens) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("prompt_tokens", tokens.input())
                .put("completion_tokens", tokens.output())
                .put("total_tokens", tokens.total());
    }
}
