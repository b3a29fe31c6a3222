package dev.orrery.llm.openai;

import dev.orrery.llm.http.ServerEvent;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns the events of one response into chunks. Not thread-safe: one a response. */
final class ChunkReader {

    /** The data of the last event; not JSON. */
    static final String END = "[DONE]";

    private final JsonMapper json;
    private final Failures failures;
    private boolean hasText;

    ChunkReader(JsonMapper json, Failures failures) {
        this.json = json;
        this.failures = failures;
    }

    static boolean isEnd(ServerEvent event) {
        return event.data().strip().equals(END);
    }

    /**
     * The chunks of an event. Fails with {@link ModelFailure} when it tells of an error, or nothing
     * sensible.
     */
    List<ModelChunk> read(ServerEvent event) {
        if (isEnd(event)) {
            return List.of();
        }
        var chunk = parsed(event);
        JsonNode error = chunk.error();
        if (error != null && !error.isNull()) {
            throw failures.inStream(error);
        }
        if (event.name().equals("error")) {
            throw new ModelFailure.ServerError("error event in the stream", null);
        }
        var chunks = new ArrayList<ModelChunk>(2);
        var choices =
                chunk.choices() == null
                        ? List.<CompletionChunk.@Nullable Choice>of()
                        : chunk.choices();
        for (var choice : choices) {
            if (choice != null && (choice.index() == null || choice.index() == 0)) {
                addChoice(choice, chunks);
            }
        }
        if (chunk.usage() != null) {
            addUsage(chunk.usage(), chunks);
        }
        return chunks;
    }

    private CompletionChunk parsed(ServerEvent event) {
        CompletionChunk chunk;
        try {
            chunk = json.readValue(event.data(), CompletionChunk.class);
        } catch (JacksonException unreadable) {
            // The exception quotes what the provider sent, so it goes no further.
            throw new ModelFailure.MalformedResponse("event is not a completion chunk");
        }
        if (chunk == null) {
            throw new ModelFailure.MalformedResponse("event is null");
        }
        return chunk;
    }

    private void addChoice(CompletionChunk.Choice choice, List<ModelChunk> chunks) {
        var delta = choice.delta();
        if (delta != null) {
            addDelta(delta, chunks);
        }
        if (choice.finishReason() != null) {
            chunks.add(new ModelChunk.Finished(finishReason(choice.finishReason())));
        }
    }

    private void addDelta(CompletionChunk.Delta delta, List<ModelChunk> chunks) {
        if (delta.refusal() != null && !delta.refusal().isEmpty()) {
            throw new ModelFailure.ContentFiltered("the model declines");
        }
        var reasoning =
                delta.reasoningContent() != null ? delta.reasoningContent() : delta.reasoning();
        if (reasoning != null && !reasoning.isEmpty()) {
            chunks.add(new ModelChunk.ReasoningDelta(reasoning));
        }
        if (delta.content() != null && !delta.content().isEmpty()) {
            hasText = true;
            chunks.add(new ModelChunk.TextDelta(delta.content()));
        }
        var calls =
                delta.toolCalls() == null
                        ? List.<CompletionChunk.@Nullable ToolCall>of()
                        : delta.toolCalls();
        for (int place = 0; place < calls.size(); place++) {
            var call = calls.get(place);
            if (call != null) {
                chunks.add(fragment(call, place));
            }
        }
    }

    private static ModelChunk fragment(CompletionChunk.ToolCall call, int place) {
        var function = call.function();
        return new ModelChunk.ToolFragment(
                call.index() == null ? place : call.index(),
                call.id(),
                function == null ? null : function.name(),
                function == null || function.arguments() == null ? "" : function.arguments());
    }

    /**
     * Servers invent reasons; an unknown one counts as a regular stop where there is something to
     * show for it.
     */
    private FinishReason finishReason(String wire) {
        return switch (wire) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL;
            case "content_filter" -> FinishReason.FILTERED;
            case "error" -> FinishReason.ERROR;
            default -> hasText ? FinishReason.STOP : FinishReason.ERROR;
        };
    }

    /** Half a statement of usage is none: unknown must not become 0. */
    private static void addUsage(CompletionChunk.Usage usage, List<ModelChunk> chunks) {
        if (usage.promptTokens() == null || usage.completionTokens() == null) {
            return;
        }
        var prompt = usage.promptTokensDetails();
        var completion = usage.completionTokensDetails();
        chunks.add(
                new ModelChunk.Usage(
                        usage.promptTokens(),
                        usage.completionTokens(),
                        prompt == null ? null : prompt.cachedTokens(),
                        completion == null ? null : completion.reasoningTokens()));
    }
}
