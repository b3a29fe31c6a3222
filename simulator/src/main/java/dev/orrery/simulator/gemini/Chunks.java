package dev.orrery.simulator.gemini;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.Event;
import dev.orrery.simulator.play.Framing;
import dev.orrery.simulator.play.Hollow;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tokens;
import dev.orrery.simulator.reply.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generated content as a stream of chunks. There is no opening and no end marker; every chunk
 * states the tokens so far, and the last one the reason to finish.
 */
record Chunks(Reply reply, Framing framing) implements Dialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public List<Event> opening() {
        return reply.thinks()
                ? List.of(Event.json(Content.chunk(reply, Content.thoughtPart(), null, soFar(0))))
                : List.of();
    }

    @Override
    public Event.Data text(String piece, int index) {
        return Event.json(Content.chunk(reply, Content.textPart(piece), null, soFar(index + 1)));
    }

    private @Nullable ObjectNode soFar(int candidates) {
        Tokens tokens = reply.tokens();
        return tokens == null ? null : Content.usage(tokens, candidates);
    }

    /** A call comes whole. */
    @Override
    public List<List<Event>> call(ToolCall call, int index) {
        ArrayNode parts = JSON.createArrayNode().add(Content.callPart(call, index));
        return List.of(
                List.of(Event.json(Content.chunk(reply, parts, null, soFar(reply.pieces())))));
    }

    @Override
    public Event hollow(Hollow how) {
        return Event.json(
                switch (how) {
                    case MISSING_KEYS, EMPTY_LIST -> new Content(reply).hollow(how);
                    case NULL_TEXT -> Content.chunk(reply, Content.textPart(null), null, soFar(0));
                });
    }

    @Override
    public String word(Finish finish) {
        return Content.wordFor(finish);
    }

    /** Tokens that are stated more than once are stated by chunks without candidates. */
    @Override
    public List<Event> finish(String reason, int usages) {
        List<Event> events = new ArrayList<>();
        ObjectNode usage = usages > 0 ? Content.usage(reply) : null;
        events.add(Event.json(Content.chunk(reply, Content.textPart(""), reason, usage)));
        for (int i = 1; i < usages; i++) {
            ObjectNode chunk = Content.frame(reply);
            chunk.set("usageMetadata", Content.usage(reply));
            events.add(Event.json(chunk));
        }
        return events;
    }

    @Override
    public List<Event> blocked() {
        return List.of(Event.json(Content.refused(reply)));
    }

    @Override
    public Event error(@Nullable String code) {
        return Event.json(Errors.midway(code));
    }

    /** None is documented; any reader of such streams has to pass comments over. */
    @Override
    public Event signOfLife() {
        return new Event.Comment("keep-alive");
    }
}
