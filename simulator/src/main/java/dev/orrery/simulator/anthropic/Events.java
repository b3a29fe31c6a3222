package dev.orrery.simulator.anthropic;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Hollow;
import dev.orrery.simulator.play.Template;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import dev.orrery.simulator.reply.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as a stream of named events: blocks of content, each with a start, deltas and a stop;
 * first the thoughts, then the text, then the calls.
 */
final class Events implements Dialect {

    static final String SIGNATURE = "c2ltdWxhdGVk";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Event PING = event("ping", JSON.createObjectNode());

    private final Reply reply;

    private final Template text;

    Events(Reply reply) {
        this.reply = reply;
        this.text = Template.of(piece -> delta(textBlock(), textDelta().put("text", piece)));
    }

    private int textBlock() {
        return reply.thinks() ? 1 : 0;
    }

    private int callBlock(int index) {
        return textBlock() + (reply.pieces() > 0 ? 1 : 0) + index;
    }

    @Override
    public List<Event> opening() {
        List<Event> events = new ArrayList<>();
        events.add(messageStart());
        if (reply.thinks()) {
            ObjectNode block = JSON.createObjectNode().put("type", "thinking");
            events.add(start(0, block.put("thinking", "").put("signature", "")));
            ObjectNode thought = JSON.createObjectNode().put("type", "thinking_delta");
            events.add(delta(0, thought.put("thinking", Reply.THOUGHT)));
            ObjectNode signature = JSON.createObjectNode().put("type", "signature_delta");
            events.add(delta(0, signature.put("signature", SIGNATURE)));
            events.add(stop(0));
        }
        if (reply.pieces() > 0) {
            ObjectNode block = JSON.createObjectNode().put("type", "text").put("text", "");
            events.add(start(textBlock(), block));
        }
        events.add(PING);
        return events;
    }

    private Event messageStart() {
        ObjectNode message = Message.frame(reply);
        Tokens tokens = reply.tokens();
        if (tokens != null) {
            message.set("usage", Message.usage(tokens, 1));
        }
        ObjectNode data = JSON.createObjectNode();
        data.set("message", message);
        return event("message_start", data);
    }

    @Override
    public Event.Data text(String piece, int index) {
        return text.with(piece);
    }

    @Override
    public List<Event> textClosing() {
        return reply.pieces() > 0 ? List.of(stop(textBlock())) : List.of();
    }

    @Override
    public List<List<Event>> call(ToolCall call, int index) {
        int block = callBlock(index);
        List<List<Event>> steps = new ArrayList<>();
        ObjectNode content = JSON.createObjectNode().put("type", "tool_use");
        content.put("id", Message.callId(reply, index)).put("name", call.name());
        content.putObject("input");
        steps.add(List.of(start(block, content)));
        for (String fragment : call.fragments()) {
            ObjectNode delta = JSON.createObjectNode().put("type", "input_json_delta");
            steps.add(List.of(delta(block, delta.put("partial_json", fragment))));
        }
        List<Event> last = List.of(steps.removeLast().getFirst(), stop(block));
        steps.add(last);
        return steps;
    }

    @Override
    public Event hollow(Hollow how) {
        return switch (how) {
            case MISSING_KEYS ->
                    event("content_block_delta", JSON.createObjectNode().put("index", textBlock()));
            case EMPTY_LIST -> delta(textBlock(), JSON.createObjectNode());
            case NULL_TEXT -> delta(textBlock(), textDelta().putNull("text"));
        };
    }

    @Override
    public String word(Finish finish) {
        return Message.wordFor(finish);
    }

    /** The count of output tokens is the whole one, not what came since. */
    @Override
    public List<Event> finish(String reason, int usages) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < Math.max(1, usages); i++) {
            ObjectNode data = JSON.createObjectNode();
            data.putObject("delta")
                    .put("stop_reason", i == 0 ? reason : null)
                    .putNull("stop_sequence");
            if (usages > 0) {
                Tokens tokens = Objects.requireNonNull(reply.tokens(), "BUG: no tokens to state");
                data.putObject("usage").put("output_tokens", tokens.output());
            }
            events.add(event("message_delta", data));
        }
        return events;
    }

    @Override
    public List<Event> end() {
        return List.of(event("message_stop", JSON.createObjectNode()));
    }

    @Override
    public Event error(@Nullable String code) {
        return Event.named("error", Errors.midway(code, reply.number()));
    }

    @Override
    public Event signOfLife() {
        return PING;
    }

    private static ObjectNode textDelta() {
        return JSON.createObjectNode().put("type", "text_delta");
    }

    private static Event start(int block, ObjectNode content) {
        ObjectNode data = JSON.createObjectNode().put("index", block);
        data.set("content_block", content);
        return event("content_block_start", data);
    }

    private static Event.Data delta(int block, ObjectNode delta) {
        ObjectNode data = JSON.createObjectNode().put("index", block);
        data.set("delta", delta);
        return event("content_block_delta", data);
    }

    private static Event stop(int block) {
        return event("content_block_stop", JSON.createObjectNode().put("index", block));
    }

    /** The name stands in the data too, before the rest. */
    private static Event.Data event(String name, ObjectNode rest) {
        ObjectNode data = JSON.createObjectNode().put("type", name);
        data.setAll(rest);
        return Event.named(name, data);
    }
}
