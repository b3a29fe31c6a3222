package dev.orrery.simulator.aisdk;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Hollow;
import dev.orrery.simulator.play.Problem;
import dev.orrery.simulator.play.Template;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import dev.orrery.simulator.reply.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as chunks of the UI message stream, version 1. Clients check each as a strict object,
 * so none has a key beside those of its type; the tokens, for which the protocol has no place,
 * stand in the metadata of the message as {@code totalUsage}.
 */
final class UiMessage implements Dialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Event DONE =
            new Event.Data(null, "[DONE]".getBytes(StandardCharsets.UTF_8));

    private static final String TEXT = "t1";

    private static final String THOUGHT = "r1";

    private static final Map<Finish, String> WORDS =
            Map.of(
                    Finish.STOP, "stop",
                    Finish.LENGTH, "length",
                    Finish.TOOL, "tool-calls",
                    Finish.FILTERED, "content-filter");

    private final Reply reply;

    private final Template text;

    UiMessage(Reply reply) {
        this.reply = reply;
        this.text =
                Template.of(piece ->
                        Event.json(chunk("text-delta").put("id", TEXT).put("delta", piece)));
    }

    @Override
    public Map<String, String> headers() {
        return Map.of(
                "cache-control", "no-cache",
                "x-vercel-ai-ui-message-stream", "v1",
                "x-accel-buffering", "no");
    }

    @Override
    public List<Event> opening() {
        List<Event> events = new ArrayList<>();
        events.add(Event.json(chunk("start").put("messageId", "msg_sim_" + reply.number())));
        events.add(Event.json(chunk("start-step")));
        if (reply.thinks()) {
            events.add(Event.json(chunk("reasoning-start").put("id", THOUGHT)));
            ObjectNode delta = chunk("reasoning-delta").put("id", THOUGHT);
            events.add(Event.json(delta.put("delta", Reply.THOUGHT)));
            events.add(Event.json(chunk("reasoning-end").put("id", THOUGHT)));
        }
        if (reply.pieces() > 0) {
            events.add(Event.json(chunk("text-start").put("id", TEXT)));
        }
        return events;
    }

    @Override
    public Event.Data text(String piece, int index) {
        return text.with(piece);
    }

    @Override
    public List<Event> textClosing() {
        return reply.pieces() > 0
                ? List.of(Event.json(chunk("text-end").put("id", TEXT)))
                : List.of();
    }

    @Override
    public List<List<Event>> call(ToolCall call, int index) {
        String id = "call_sim_" + reply.number() + "_" + index;
        List<List<Event>> steps = new ArrayList<>();
        steps.add(List.of(Event.json(calling("tool-input-start", id, call))));
        for (String fragment : call.fragments()) {
            ObjectNode delta = chunk("tool-input-delta").put("toolCallId", id);
            steps.add(List.of(Event.json(delta.put("inputTextDelta", fragment))));
        }
        ObjectNode whole = calling("tool-input-available", id, call);
        whole.set("input", call.arguments());
        steps.add(List.of(Event.json(whole)));
        return steps;
    }

    private static ObjectNode calling(String type, String id, ToolCall call) {
        return chunk(type).put("toolCallId", id).put("toolName", call.name());
    }

    @Override
    public Event hollow(Hollow how) {
        ObjectNode chunk = chunk("text-delta");
        return Event.json(
                switch (how) {
                    case MISSING_KEYS -> chunk;
                    case EMPTY_LIST -> chunk.put("id", TEXT).put("delta", "");
                    case NULL_TEXT -> chunk.put("id", TEXT).putNull("delta");
                });
    }

    @Override
    public String word(Finish finish) {
        return Objects.requireNonNull(WORDS.get(finish));
    }

    @Override
    public List<Event> finish(String reason, int usages) {
        List<Event> events = new ArrayList<>();
        events.add(Event.json(chunk("finish-step")));
        for (int i = 1; i < usages; i++) {
            events.add(Event.json(stating(chunk("message-metadata"))));
        }
        ObjectNode finish = chunk("finish").put("finishReason", reason);
        events.add(Event.json(usages == 0 ? finish : stating(finish)));
        return events;
    }

    private ObjectNode stating(ObjectNode chunk) {
        Tokens tokens = Objects.requireNonNull(reply.tokens(), "BUG: no tokens to state");
        ObjectNode usage = chunk.putObject("messageMetadata").putObject("totalUsage");
        usage.put("inputTokens", tokens.input());
        usage.putObject("inputTokenDetails")
                .put("noCacheTokens", tokens.input() - tokens.cached())
                .put("cacheReadTokens", tokens.cached());
        usage.put("outputTokens", tokens.output());
        usage.putObject("outputTokenDetails")
                .put("textTokens", tokens.output() - tokens.reasoning())
                .put("reasoningTokens", tokens.reasoning());
        usage.put("totalTokens", tokens.total());
        return chunk;
    }

    @Override
    public List<Event> end() {
        return List.of(DONE);
    }

    @Override
    public Event error(@Nullable String code) {
        String text = code == null ? "An error occurred." : code;
        return Event.json(chunk("error").put("errorText", Problem.marked(text)));
    }

    @Override
    public Event signOfLife() {
        return new Event.Comment("keep-alive");
    }

    private static ObjectNode chunk(String type) {
        return JSON.createObjectNode().put("type", type);
    }
}
