package dev.orrery.llm.aisdk;

import dev.orrery.llm.http.ResponseReader;
import dev.orrery.llm.http.ServerEvent;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Turns the events of one response into chunks. */
final class ChunkReader implements ResponseReader {

    /** The data of the last event; not JSON. */
    private static final String END = "[DONE]";

    private final JsonMapper json;
    private final ToolCalls calls = new ToolCalls();
    private @Nullable String messageId;
    private boolean hasText;
    private boolean done;

    ChunkReader(JsonMapper json) {
        this.json = json;
    }

    /**
     * Sources, files, steps, tools that the service runs itself and their outputs, and types of a
     * later version are passed over. The end marker says nothing: only {@code finish} finishes.
     */
    @Override
    public List<ModelChunk> read(ServerEvent event) {
        if (event.data().strip().equals(END)) {
            return List.of();
        }
        var chunk = parsed(event);
        if (Boolean.TRUE.equals(chunk.providerExecuted())) {
            return List.of();
        }
        return switch (chunk.type() == null ? "" : chunk.type()) {
            case "text-delta" -> text(chunk.delta());
            case "reasoning-delta" -> reasoning(chunk.delta());
            case "tool-input-start" -> calls.begin(chunk);
            case "tool-input-delta" -> calls.goOn(chunk);
            case "tool-input-available" -> calls.complete(chunk);
            case "start" -> start(chunk);
            case "message-metadata" -> StatedUsage.inMetadata(chunk.messageMetadata());
            case "data-usage" -> StatedUsage.in(chunk.data());
            case "finish" -> finish(chunk);
            case "reset-step" -> reset();
            case "error" -> throw new ModelFailure.ServerError("error event in the stream", null);
            case "abort" -> throw new ModelFailure.TruncatedStream("the service broke off", null);
            default -> List.of();
        };
    }

    /** Never asked for: the protocol has streams only. */
    @Override
    public List<ModelChunk> readWhole(byte[] body) {
        throw new ModelFailure.MalformedResponse("no stream");
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public @Nullable String requestId() {
        return messageId;
    }

    private List<ModelChunk> start(UiChunk chunk) {
        messageId = chunk.messageId();
        return StatedUsage.inMetadata(chunk.messageMetadata());
    }

    private UiChunk parsed(ServerEvent event) {
        UiChunk chunk;
        try {
            chunk = json.readValue(event.data(), UiChunk.class);
        } catch (JacksonException unreadable) {
            // The exception quotes what the service sent, so it goes no further.
            throw new ModelFailure.MalformedResponse("event is not a message chunk");
        }
        if (chunk == null) {
            throw new ModelFailure.MalformedResponse("event is null");
        }
        return chunk;
    }

    private List<ModelChunk> text(@Nullable String delta) {
        if (delta == null || delta.isEmpty()) {
            return List.of();
        }
        hasText = true;
        return List.of(new ModelChunk.TextDelta(delta));
    }

    private static List<ModelChunk> reasoning(@Nullable String delta) {
        return delta == null || delta.isEmpty()
                ? List.of()
                : List.of(new ModelChunk.ReasoningDelta(delta));
    }

    /**
     * The service takes back what it sent. What has been passed on cannot be taken back here; the
     * chain can, by starting over.
     */
    private List<ModelChunk> reset() {
        if (hasText || calls.any()) {
            throw new ModelFailure.TruncatedStream("the service starts over", null);
        }
        return List.of();
    }

    private List<ModelChunk> finish(UiChunk chunk) {
        var chunks = new ArrayList<>(StatedUsage.inMetadata(chunk.messageMetadata()));
        done = true;
        chunks.add(new ModelChunk.Finished(finishReason(chunk.finishReason())));
        return chunks;
    }

    /**
     * Version 5 of the SDK gives no reason. That, and one we do not know, counts as a regular stop
     * where there is something to show for it.
     */
    private FinishReason finishReason(@Nullable String wire) {
        return switch (wire == null ? "" : wire) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            case "tool-calls" -> FinishReason.TOOL;
            case "content-filter" -> FinishReason.FILTERED;
            case "error" -> FinishReason.ERROR;
            default -> hasText || calls.any() ? FinishReason.STOP : FinishReason.ERROR;
        };
    }
}
