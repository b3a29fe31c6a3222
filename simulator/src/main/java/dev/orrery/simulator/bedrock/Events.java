package dev.orrery.simulator.bedrock;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Framing;
import dev.orrery.simulator.play.Hollow;
import dev.orrery.simulator.play.Template;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.ToolCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to {@code converse-stream}: blocks of content, of which only those of tools are
 * opened; first the thoughts, then the text, then the calls. Tokens come after the finish.
 */
final class Events implements Dialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String DELTA = "contentBlockDelta";

    private static final String BROKEN_SERVER = "internalServerException";

    private final Reply reply;

    private final Template text;

    Events(Reply reply) {
        this.reply = reply;
        this.text = Template.of(piece -> said(JSON.createObjectNode().put("text", piece)));
    }

    @Override
    public Framing framing() {
        return new Frames();
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
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
        events.add(event("messageStart", JSON.createObjectNode().put("role", "assistant")));
        if (reply.thinks()) {
            events.add(thought("text", Reply.THOUGHT));
            events.add(thought("signature", Conversed.SIGNATURE));
            events.add(stop(0));
        }
        return events;
    }

    private static Event thought(String key, String value) {
        ObjectNode delta = JSON.createObjectNode();
        delta.putObject("reasoningContent").put(key, value);
        return delta(0, delta);
    }

    @Override
    public Event.Data text(String piece, int index) {
        return text.with(piece);
    }

    private Event.Data said(ObjectNode delta) {
        return delta(textBlock(), delta);
    }

    @Override
    public List<Event> textClosing() {
        return reply.pieces() > 0 ? List.of(stop(textBlock())) : List.of();
    }

    @Override
    public List<List<Event>> call(ToolCall call, int index) {
        int block = callBlock(index);
        List<List<Event>> steps = new ArrayList<>();
        ObjectNode start = JSON.createObjectNode();
        start.putObject("toolUse")
                .put("toolUseId", Conversed.callId(reply, index))
                .put("name", call.name());
        ObjectNode opened = block(block);
        opened.set("start", start);
        steps.add(List.of(event("contentBlockStart", opened)));
        for (String fragment : call.fragments()) {
            ObjectNode delta = JSON.createObjectNode();
            delta.putObject("toolUse").put("input", fragment);
            steps.add(List.of(delta(block, delta)));
        }
        List<Event> last = List.of(steps.removeLast().getFirst(), stop(block));
        steps.add(last);
        return steps;
    }

    @Override
    public Event hollow(Hollow how) {
        return switch (how) {
            case MISSING_KEYS -> event(DELTA, JSON.createObjectNode());
            case EMPTY_LIST -> said(JSON.createObjectNode());
            case NULL_TEXT -> said(JSON.createObjectNode().putNull("text"));
        };
    }

    @Override
    public String word(Finish finish) {
        return Conversed.wordFor(finish);
    }

    @Override
    public List<Event> finish(String reason, int usages) {
        List<Event> events = new ArrayList<>();
        events.add(event("messageStop", JSON.createObjectNode().put("stopReason", reason)));
        if (usages > 0) {
            ObjectNode metadata =
                    Conversed.metadata(Objects.requireNonNull(reply.tokens(), "BUG: no tokens"));
            events.addAll(Collections.nCopies(usages, event("metadata", metadata)));
        }
        return events;
    }

    @Override
    public Event error(@Nullable String code) {
        String name = code == null ? BROKEN_SERVER : code;
        return Event.named(name, Errors.midway(name));
    }

    /** The protocol has none; a delta without text is the nearest to it. */
    @Override
    public Event signOfLife() {
        return said(JSON.createObjectNode().put("text", ""));
    }

    private static ObjectNode block(int index) {
        return JSON.createObjectNode().put("contentBlockIndex", index);
    }

    private static Event.Data delta(int block, ObjectNode delta) {
        ObjectNode data = block(block);
        data.set("delta", delta);
        return event(DELTA, data);
    }

    private static Event stop(int block) {
        return event("contentBlockStop", block(block));
    }

    /** Every payload has padding, so that its length does not tell what it says. */
    private static Event.Data event(String name, ObjectNode data) {
        return Event.named(name, data.put("p", "abcd"));
    }
}
