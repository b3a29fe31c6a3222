package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Hollow;
import dev.orrery.simulator.play.Template;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import dev.orrery.simulator.reply.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A completion as a stream of {@code chat.completion.chunk} events. Vendors that differ override
 * what they write in another way.
 */
class Chunks implements Dialect {

    static final Event DONE = new Event.Data(null, "[DONE]".getBytes(StandardCharsets.UTF_8));

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Reply reply;

    private final Template text;

    Chunks(Reply reply) {
        this.reply = reply;
        this.text =
                Template.of(content ->
                        Event.json(choice(JSON.createObjectNode().put("content", content), null)));
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

    /** Says the role and no text: it is not the first token. */
    @Override
    public List<Event> opening() {
        ObjectNode delta = JSON.createObjectNode().put("role", "assistant");
        delta.put("content", reply.pieces() == 0 ? null : "").putNull("refusal");
        return List.of(Event.json(choice(delta, null)));
    }

    @Override
    public Event.Data text(String piece, int index) {
        return text.with(piece);
    }

    /** Id, type and name come once, and the arguments in pieces after them. */
    @Override
    public List<List<Event>> call(ToolCall call, int index) {
        List<List<Event>> steps = new ArrayList<>();
        ObjectNode first = function(index, "").put("id", callId(index)).put("type", "function");
        first.withObject("function").put("name", call.name());
        steps.add(List.of(calling(first)));
        for (String fragment : call.fragments()) {
            steps.add(List.of(calling(function(index, fragment))));
        }
        return steps;
    }

    private static ObjectNode function(int index, String arguments) {
        ObjectNode function = JSON.createObjectNode().put("index", index);
        function.putObject("function").put("arguments", arguments);
        return function;
    }

    private Event calling(ObjectNode call) {
        ObjectNode delta = JSON.createObjectNode();
        delta.putArray("tool_calls").add(call);
        return Event.json(choice(delta, null));
    }

    @Override
    public Event hollow(Hollow how) {
        return Event.json(
                switch (how) {
                    case MISSING_KEYS -> chunk().without(List.of("choices", "usage"));
                    case EMPTY_LIST -> chunk();
                    case NULL_TEXT -> choice(JSON.createObjectNode().putNull("content"), null);
                });
    }

    @Override
    public String word(Finish finish) {
        return Objects.requireNonNull(Completion.WORDS.get(finish));
    }

    /** The tokens come after the finish, in an event without choices, and only if asked for. */
    @Override
    public List<Event> finish(String reason, int usages) {
        List<Event> events = new ArrayList<>();
        events.add(Event.json(choice(JSON.createObjectNode(), reason)));
        if (usages > 0) {
            ObjectNode chunk = chunk();
            chunk.set("usage", usage(tokens()));
            events.addAll(Collections.nCopies(usages, Event.json(chunk)));
        }
        return events;
    }

    /** The statement of tokens. */
    ObjectNode usage(Tokens tokens) {
        return Usage.of(tokens);
    }

    /** Only where they are stated. */
    final Tokens tokens() {
        return Objects.requireNonNull(reply.tokens(), "BUG: tokens of an answer without");
    }

    @Override
    public List<Event> end() {
        return List.of(DONE);
    }

    @Override
    public Event error(@Nullable String code) {
        return new Event.Data(null, Errors.midway(code));
    }

    @Override
    public Event signOfLife() {
        return new Event.Comment("still working");
    }

    /** A chunk with one choice. */
    final ObjectNode choice(ObjectNode delta, @Nullable String reason) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.withArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", reason);
        return chunk;
    }

    /**
     * A chunk without choices. Whoever asked for the tokens finds the key in every chunk, null
     * until the last.
     */
    ObjectNode chunk() {
        ObjectNode chunk =
                bareChunk()
                        .put("service_tier", "default")
                        .put("system_fingerprint", Completion.FINGERPRINT)
                        .put("obfuscation", "padding");
        return reply.tokens() == null ? chunk : chunk.putNull("usage");
    }

    /** What every vendor writes. */
    final ObjectNode bareChunk() {
        ObjectNode chunk =
                JSON.createObjectNode()
                        .put("id", id())
                        .put("object", "chat.completion.chunk")
                        .put("created", reply.at().getEpochSecond())
                        .put("model", reply.model());
        chunk.putArray("choices");
        return chunk;
    }
}
