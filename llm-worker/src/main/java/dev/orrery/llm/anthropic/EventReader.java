package dev.orrery.llm.anthropic;

import dev.orrery.llm.http.ResponseReader;
import dev.orrery.llm.http.ServerEvent;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the events of one response into chunks, or a message that came whole. A streamed message is
 * finished by {@code message_stop}: the reason that {@code message_delta} gives before it is held
 * back until then.
 */
final class EventReader implements ResponseReader {

    private final JsonMapper json;
    private final Failures failures;
    private final Calls calls = new Calls();
    private StreamEvent.@Nullable Usage usage;
    private @Nullable String messageId;
    private @Nullable String stopReason;
    private boolean hasText;
    private boolean done;

    EventReader(JsonMapper json, Failures failures) {
        this.json = json;
        this.failures = failures;
    }

    /** Events and blocks of a later version of the protocol are passed over. */
    @Override
    public List<ModelChunk> read(ServerEvent raw) {
        var event = parsed(() -> json.readValue(raw.data(), StreamEvent.class));
        return switch (event.type() == null ? raw.name() : event.type()) {
            case "message_start" -> messageStart(event);
            case "content_block_start" -> blockStart(event);
            case "content_block_delta" -> blockDelta(event);
            case "content_block_stop" -> calls.ended(event.index());
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> messageStop();
            case "error" -> throw failures.inStream(event.error());
            default -> List.of(); // ping, and what is still to come
        };
    }

    @Override
    public List<ModelChunk> readWhole(byte[] body) {
        var message = parsed(() -> json.readValue(body, StreamEvent.Message.class));
        if (message.error() != null && !message.error().isNull()) {
            throw failures.inStream(message.error());
        }
        if (message.content() == null) {
            throw new ModelFailure.MalformedResponse("message without content");
        }
        messageId = message.id();
        stopReason = message.stopReason();
        var chunks = new ArrayList<ModelChunk>(3);
        for (var block : message.content()) {
            if (block != null) {
                chunks.addAll(whole(block));
            }
        }
        if (message.usage() != null) {
            chunks.addAll(stated(message.usage()));
        }
        chunks.add(new ModelChunk.Finished(finishReason()));
        return chunks;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public @Nullable String requestId() {
        return messageId;
    }

    private static <T> T parsed(Supplier<@Nullable T> parser) {
        T parsed;
        try {
            parsed = parser.get();
        } catch (JacksonException unreadable) {
            // The exception quotes what the provider sent, so it goes no further.
            throw new ModelFailure.MalformedResponse("not a message, nor an event of one");
        }
        if (parsed == null) {
            throw new ModelFailure.MalformedResponse("null in place of a message");
        }
        return parsed;
    }

    private List<ModelChunk> whole(StreamEvent.ContentBlock block) {
        return switch (block.type() == null ? "" : block.type()) {
            case "text" -> text(block.text());
            case "thinking" -> reasoning(block.thinking());
            case "tool_use" -> List.of(calls.whole(block));
            default -> List.of();
        };
    }

    private List<ModelChunk> messageStart(StreamEvent event) {
        var message = event.message();
        if (message != null) {
            messageId = message.id();
            usage = message.usage();
        }
        return List.of();
    }

    private List<ModelChunk> messageStop() {
        done = true;
        return List.of(new ModelChunk.Finished(finishReason()));
    }

    private List<ModelChunk> blockStart(StreamEvent event) {
        var block = event.contentBlock();
        if (block == null || block.type() == null) {
            return List.of();
        }
        return switch (block.type()) {
            case "text" -> text(block.text());
            case "thinking" -> reasoning(block.thinking());
            case "tool_use" -> List.of(calls.begun(event.index(), block));
            default -> List.of();
        };
    }

    private List<ModelChunk> blockDelta(StreamEvent event) {
        var delta = event.delta();
        if (delta == null || delta.type() == null) {
            return List.of();
        }
        return switch (delta.type()) {
            case "text_delta" -> text(delta.text());
            case "thinking_delta" -> reasoning(delta.thinking());
            case "input_json_delta" -> calls.further(event.index(), delta.partialJson());
            default -> List.of(); // signatures, citations
        };
    }

    private List<ModelChunk> text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        hasText = true;
        return List.of(new ModelChunk.TextDelta(text));
    }

    private static List<ModelChunk> reasoning(@Nullable String thinking) {
        return thinking == null || thinking.isEmpty()
                ? List.of()
                : List.of(new ModelChunk.ReasoningDelta(thinking));
    }

    private List<ModelChunk> messageDelta(StreamEvent event) {
        if (event.delta() != null && event.delta().stopReason() != null) {
            stopReason = event.delta().stopReason();
        }
        if (event.usage() == null) {
            return List.of();
        }
        usage = event.usage().over(usage);
        return stated(usage);
    }

    /** Half a statement of usage is none: unknown must not become 0. */
    private static List<ModelChunk> stated(StreamEvent.Usage usage) {
        var fresh = usage.inputTokens();
        var output = usage.outputTokens();
        if (fresh == null || output == null) {
            return List.of();
        }
        var read = usage.cacheReadInputTokens();
        long input = fresh + orNone(read) + orNone(usage.cacheCreationInputTokens());
        return List.of(new ModelChunk.Usage(input, output, read, null));
    }

    private static long orNone(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    private FinishReason finishReason() {
        if (stopReason == null) {
            throw new ModelFailure.MalformedResponse("message stops without a reason");
        }
        return StopReasons.of(stopReason, hasText || calls.hasSome());
    }
}
