package dev.orrery.simulator.anthropic;

import dev.orrery.simulator.play.Hollow;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A message in one object. */
record Message(Reply reply) implements WholeDialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Map<Finish, String> WORDS =
            Map.of(
                    Finish.STOP, "end_turn",
                    Finish.LENGTH, "max_tokens",
                    Finish.TOOL, "tool_use",
                    Finish.FILTERED, "refusal");

    static String wordFor(Finish finish) {
        return Objects.requireNonNull(WORDS.get(finish));
    }

    static String callId(Reply reply, int index) {
        return "toolu_sim_" + reply.number() + "_" + index;
    }

    /** A message that says nothing yet. */
    static ObjectNode frame(Reply reply) {
        ObjectNode message =
                JSON.createObjectNode()
                        .put("id", "msg_sim_" + reply.number())
                        .put("type", "message")
                        .put("role", "assistant")
                        .put("model", reply.model());
        message.putArray("content");
        return message.putNull("stop_reason").putNull("stop_sequence");
    }

    /** Cached tokens are no part of the others here. */
    static ObjectNode usage(Tokens tokens, int output) {
        return JSON.createObjectNode()
                .put("input_tokens", tokens.input() - tokens.cached())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", tokens.cached())
                .put("output_tokens", output);
    }

    @Override
    public ObjectNode body(Said said) {
        ObjectNode message = frame(reply);
        ArrayNode content = message.withArray("content");
        if (reply.thinks()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", Reply.THOUGHT)
                    .put("signature", Events.SIGNATURE);
        }
        if (said.calls().isEmpty() || !"".equals(said.text())) {
            content.addObject().put("type", "text").put("text", said.text());
        }
        for (int i = 0; i < said.calls().size(); i++) {
            content.addObject()
                    .put("type", "tool_use")
                    .put("id", callId(reply, i))
                    .put("name", said.calls().get(i).name())
                    .set("input", said.calls().get(i).arguments());
        }
        message.put("stop_reason", said.reason());
        if (said.usage()) {
            Tokens tokens = Objects.requireNonNull(reply.tokens(), "BUG: no tokens to state");
            message.set("usage", usage(tokens, tokens.output()));
        }
        return message;
    }

    @Override
    public ObjectNode hollow(Hollow how) {
        ObjectNode message = frame(reply).put("stop_reason", word(Finish.STOP));
        return how == Hollow.MISSING_KEYS ? message.without("content") : message;
    }

    @Override
    public String word(Finish finish) {
        return wordFor(finish);
    }

    @Override
    public byte[] error(@Nullable String code) {
        return JSON.writeValueAsBytes(Errors.midway(code, reply.number()));
    }
}
