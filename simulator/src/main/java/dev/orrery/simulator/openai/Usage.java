package dev.orrery.simulator.openai;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The statement of tokens. */
final class Usage {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Usage() {}

    static ObjectNode of(Draft draft) {
        ObjectNode usage =
                JSON.createObjectNode()
                        .put("prompt_tokens", draft.promptTokens())
                        .put("completion_tokens", draft.pieces())
                        .put("total_tokens", draft.promptTokens() + draft.pieces());
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
        return usage;
    }
}
