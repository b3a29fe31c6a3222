package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Dialect;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A completion as a stream of {@code chat.completion.chunk} events. */
final class Chunks implements Dialect {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final byte[] END = sse("[DONE]".getBytes(StandardCharsets.UTF_8));

    private static final byte[] COMMENT = ": still working\n\n".getBytes(StandardCharsets.UTF_8);

    private static final byte[] BROKEN =
            sse(
                    "{\"id\":\"chatcmpl-sim\",\"choices\":[{\"delta\""
                            .getBytes(StandardCharsets.UTF_8));

    private final Draft draft;

    private final Template text;

    Chunks(Draft draft) {
        this.draft = draft;
        this.text =
                Template.of(content ->
                        event(choice(JSON.createObjectNode().put("content", content), null)));
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    /** Says the role and no text: it is not the first token. */
    @Override
    public byte[] opening() {
        ObjectNode delta = JSON.createObjectNode();
        delta.put("role", "assistant").put("content", "").putNull("refusal");
        return event(choice(delta, null));
    }

    @Override
    public byte[] text(String piece) {
        return text.with(piece);
    }

    @Override
    public byte[] hollow(Hollow how) {
        return switch (how) {
            case MISSING_KEYS -> event(without(chunk(), "choices", "usage"));
            case EMPTY_LIST -> event(chunk());
            case NULL_TEXT -> event(choice(JSON.createObjectNode().putNull("content"), null));
        };
    }

    @Override
    public String reason() {
        return draft.reason();
    }

    /** The tokens come after the finish, in an event without choices, and only if asked for. */
    @Override
    public List<byte[]> finish(String reason, int usages) {
        List<byte[]> events = new ArrayList<>();
        events.add(event(choice(JSON.createObjectNode(), reason)));
        for (int i = 0; i < usages && draft.usageInStream(); i++) {
            ObjectNode chunk = chunk();
            chunk.set("usage", Usage.of(draft));
            events.add(event(chunk));
        }
        return events;
    }

    @Override
    public byte[] end() {
        return END;
    }

    @Override
    public byte[] error() {
        return sse(Errors.midway());
    }

    @Override
    public byte[] broken() {
        return BROKEN;
    }

    @Override
    public byte[] comment() {
        return COMMENT;
    }

    private ObjectNode choice(ObjectNode delta, @Nullable String reason) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.withArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", reason);
        return chunk;
    }

    /** Whoever asked for the tokens finds the key in every chunk, null until the last. */
    private ObjectNode chunk() {
        ObjectNode chunk =
                JSON.createObjectNode()
                        .put("id", draft.id())
                        .put("object", "chat.completion.chunk")
                        .put("created", draft.created())
                        .put("model", draft.model())
                        .put("system_fingerprint", Completion.FINGERPRINT);
        chunk.putArray("choices");
        return draft.usageInStream() ? chunk.putNull("usage") : chunk;
    }

    private static ObjectNode without(ObjectNode chunk, String... keys) {
        return chunk.without(List.of(keys));
    }

    private static byte[] event(ObjectNode chunk) {
        return sse(JSON.writeValueAsBytes(chunk));
    }

    private static byte[] sse(byte[] data) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 8);
        event.writeBytes(new byte[] {'d', 'a', 't', 'a', ':', ' '});
        event.writeBytes(data);
        event.writeBytes(new byte[] {'\n', '\n'});
        return event.toByteArray();
    }
}
