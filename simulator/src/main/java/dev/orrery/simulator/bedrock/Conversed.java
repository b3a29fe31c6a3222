package dev.orrery.simulator.bedrock;

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

/** The answer to {@code converse} in one object. */
record Conversed(Reply reply) implements WholeDialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    static final String SIGNATURE = "c2ltdWxhdGVk";

    private static final int LATENCY_MILLIS = 1;

    private static final Map<Finish, String> WORDS =
            Map.of(
                    Finish.STOP, "end_turn",
                    Finish.LENGTH, "max_tokens",
                    Finish.TOOL, "tool_use",
                    Finish.FILTERED, "content_filtered");

    static String wordFor(Finish finish) {
        return Objects.requireNonNull(WORDS.get(finish));
    }

    static String callId(Reply reply, int index) {
        return "tooluse_sim_" + reply.number() + "_" + index;
    }

    /**
     * Tokens and times, as body and stream have them alike; cached tokens are no part of others.
     */
    static ObjectNode metadata(Tokens tokens) {
        ObjectNode metadata = metrics();
        metadata.putObject("usage")
                .put("inputTokens", tokens.input() - tokens.cached())
                .put("outputTokens", tokens.output())
                .put("totalTokens", tokens.total())
                .put("cacheReadInputTokens", tokens.cached())
                .put("cacheWriteInputTokens", 0);
        return metadata;
    }

    static ObjectNode metrics() {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.putObject("metrics").put("latencyMs", LATENCY_MILLIS);
        return metadata;
    }

    @Override
    public ObjectNode body(Said said) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode message = root.putObject("output").putObject("message").put("role", "assistant");
        ArrayNode content = message.putArray("content");
        if (reply.thinks()) {
            content.addObject()
                    .putObject("reasoningContent")
                    .putObject("reasoningText")
                    .put("text", Reply.THOUGHT)
                    .put("signature", SIGNATURE);
        }
        if (said.calls().isEmpty() || !"".equals(said.text())) {
            content.addObject().put("text", said.text());
        }
        for (int i = 0; i < said.calls().size(); i++) {
            content.addObject()
                    .putObject("toolUse")
                    .put("toolUseId", callId(reply, i))
                    .put("name", said.calls().get(i).name())
                    .set("input", said.calls().get(i).arguments());
        }
        root.put("stopReason", said.reason());
        root.setAll(
                said.usage()
                        ? metadata(Objects.requireNonNull(reply.tokens(), "BUG: no tokens"))
                        : metrics());
        return root;
    }

    @Override
    public ObjectNode hollow(Hollow how) {
        ObjectNode root = JSON.createObjectNode();
        if (how == Hollow.EMPTY_LIST) {
            root.putObject("output")
                    .putObject("message")
                    .put("role", "assistant")
                    .putArray("content");
        }
        return root.put("stopReason", word(Finish.STOP)).setAll(metrics());
    }

    @Override
    public String word(Finish finish) {
        return wordFor(finish);
    }

    /** Says nothing that an answer says. */
    @Override
    public byte[] error(@Nullable String code) {
        return JSON.writeValueAsBytes(
                Errors.midway(code == null ? "internalServerException" : code));
    }
}
