package dev.orrery.simulator.openai;

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

/**
 * A completion in one {@code chat.completion} object. Vendors that differ override what they write
 * in another way.
 */
class Completion implements WholeDialect {

    static final String FINGERPRINT = "fp_simulated";

    static final Map<Finish, String> WORDS =
            Map.of(
                    Finish.STOP, "stop",
                    Finish.LENGTH, "length",
                    Finish.TOOL, "tool_calls",
                    Finish.FILTERED, "content_filter");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Reply reply;

    Completion(Reply reply) {
        this.reply = reply;
    }

    final Reply reply() {
        return reply;
    }

    /** The id of the completion. */
    String id() {
        return "chatcmpl-sim-" + reply.number();
    }

    /** The id of a call. */
    String callId(int index) {
        return "call_sim_" + reply.number() + "_" + index;
    }

    @Override
    public ObjectNode body(Said said) {
        ObjectNode completion = frame();
        ObjectNode choice = completion.withArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        boolean callsOnly = !said.calls().isEmpty() && "".equals(said.text());
        message.put("content", callsOnly ? null : said.text()).putNull("refusal");
        if (!said.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            said.calls().forEach(call -> calls.add(called(call, calls.size())));
        }
        decorate(message);
        choice.putNull("logprobs").put("finish_reason", said.reason());
        if (said.usage()) {
            Tokens tokens =
                    Objects.requireNonNull(reply.tokens(), "BUG: tokens of an answer without");
            completion.set("usage", usage(tokens));
        }
        return completion;
    }

    private ObjectNode called(ToolCall call, int index) {
        ObjectNode called =
                JSON.createObjectNode().put("id", callId(index)).put("type", "function");
        called.putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments().toString());
        return called;
    }

    /** Adds what a vendor has in a message beside the rest. */
    void decorate(ObjectNode message) {}

    /** The statement of tokens. */
    ObjectNode usage(Tokens tokens) {
        return Usage.of(tokens);
    }

    @Override
    public ObjectNode hollow(Hollow how) {
        return how == Hollow.MISSING_KEYS ? frame().without("choices") : frame();
    }

    @Override
    public String word(Finish finish) {
        return Objects.requireNonNull(WORDS.get(finish));
    }

    @Override
    public byte[] error(@Nullable String code) {
        return Errors.midway(code);
    }

    /** A completion without choices. */
    ObjectNode frame() {
        return bareFrame().put("service_tier", "default").put("system_fingerprint", FINGERPRINT);
    }

    /** What every vendor writes. */
    final ObjectNode bareFrame() {
        ObjectNode completion =
                JSON.createObjectNode()
                        .put("id", id())
                        .put("object", "chat.completion")
                        .put("created", reply.at().getEpochSecond())
                        .put("model", reply.model());
        completion.putArray("choices");
        return completion;
    }
}
