package dev.orrery.simulator.gemini;

import dev.orrery.simulator.play.Hollow;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import dev.orrery.simulator.reply.ToolCall;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Generated content in one object. The parts of a stream have the same shape. */
record Content(Reply reply) implements WholeDialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    static final String SIGNATURE = "c2ltdWxhdGVk";

    private static final Map<Finish, String> WORDS =
            Map.of(
                    Finish.STOP, "STOP",
                    Finish.LENGTH, "MAX_TOKENS",
                    Finish.TOOL, "STOP", // nothing but the parts tells that tools are called
                    Finish.FILTERED, "SAFETY");

    static String wordFor(Finish finish) {
        return Objects.requireNonNull(WORDS.get(finish));
    }

    /** A chunk without candidates. */
    static ObjectNode frame(Reply reply) {
        return JSON.createObjectNode()
                .put("modelVersion", reply.model())
                .put("responseId", "sim-" + reply.number());
    }

    /**
     * A chunk with one candidate of these parts.
     *
     * @param reason null while it goes on
     * @param usage null where the tokens are not stated
     */
    static ObjectNode chunk(
            Reply reply, ArrayNode parts, @Nullable String reason, @Nullable ObjectNode usage) {
        ObjectNode chunk = JSON.createObjectNode();
        ObjectNode candidate = chunk.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content");
        content.set("parts", parts);
        content.put("role", "model");
        if (reason != null) {
            candidate.put("finishReason", reason);
        }
        candidate.put("index", 0);
        if (usage != null) {
            chunk.set("usageMetadata", usage);
        }
        chunk.setAll(frame(reply));
        return chunk;
    }

    static ArrayNode textPart(@Nullable String text) {
        ArrayNode parts = JSON.createArrayNode();
        parts.addObject().put("text", text);
        return parts;
    }

    static ArrayNode thoughtPart() {
        ArrayNode parts = JSON.createArrayNode();
        parts.addObject().put("text", Reply.THOUGHT).put("thought", true);
        return parts;
    }

    /** Only the first of several calls has a signature. */
    static ObjectNode callPart(ToolCall call, int index) {
        ObjectNode part = JSON.createObjectNode();
        part.putObject("functionCall").put("name", call.name()).set("args", call.arguments());
        return index == 0 ? part.put("thoughtSignature", SIGNATURE) : part;
    }

    /**
     * Thoughts are billed beside the candidates.
     *
     * @param candidates output so far, without thoughts
     */
    static ObjectNode usage(Tokens tokens, int candidates) {
        ObjectNode usage = JSON.createObjectNode().put("promptTokenCount", tokens.input());
        if (tokens.cached() > 0) {
            usage.put("cachedContentTokenCount", tokens.cached());
        }
        usage.put("candidatesTokenCount", candidates);
        if (tokens.reasoning() > 0) {
            usage.put("thoughtsTokenCount", tokens.reasoning());
        }
        usage.put("totalTokenCount", tokens.input() + candidates + tokens.reasoning());
        usage.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", tokens.input());
        return usage;
    }

    /** The whole statement; null if there is none. */
    static @Nullable ObjectNode usage(Reply reply) {
        Tokens tokens = reply.tokens();
        return tokens == null ? null : usage(tokens, tokens.output() - tokens.reasoning());
    }

    /** No candidates at all, and the prompt is billed. */
    static ObjectNode refused(Reply reply) {
        ObjectNode chunk = JSON.createObjectNode();
        chunk.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
        Tokens tokens = reply.tokens();
        if (tokens != null) {
            chunk.putObject("usageMetadata")
                    .put("promptTokenCount", tokens.input())
                    .put("totalTokenCount", tokens.input());
        }
        chunk.setAll(frame(reply));
        return chunk;
    }

    @Override
    public ObjectNode body(Said said) {
        ArrayNode parts = reply.thinks() ? thoughtPart() : JSON.createArrayNode();
        if (said.calls().isEmpty() || !"".equals(said.text())) {
            parts.addObject().put("text", said.text());
        }
        for (int i = 0; i < said.calls().size(); i++) {
            parts.add(callPart(said.calls().get(i), i));
        }
        return chunk(reply, parts, said.reason(), said.usage() ? usage(reply) : null);
    }

    @Override
    public ObjectNode hollow(Hollow how) {
        ObjectNode frame = frame(reply);
        if (how == Hollow.EMPTY_LIST) {
            frame.putArray("candidates");
        }
        return frame;
    }

    @Override
    public ObjectNode blocked() {
        return refused(reply);
    }

    @Override
    public String word(Finish finish) {
        return wordFor(finish);
    }

    @Override
    public byte[] error(@Nullable String code) {
        return JSON.writeValueAsBytes(Errors.midway(code));
    }
}
