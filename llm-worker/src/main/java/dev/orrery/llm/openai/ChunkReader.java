package dev.orrery.llm.openai;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns the events of one response into chunks, or a completion that came whole. */
final class ChunkReader implements ResponseReader {

    /** The data of the last event; not JSON. */
    private static final String END = "[DONE]";

    private final JsonMapper json;
    private final Failures failures;
    private final boolean statesCost;
    private final ToolCalls toolCalls = new ToolCalls();
    private @Nullable String completionId;
    private boolean hasSomething;
    private boolean done;

    /**
     * @param statesCost see {@link OpenAiCompatible#statesCost}
     */
    ChunkReader(JsonMapper json, Failures failures, boolean statesCost) {
        this.json = json;
        this.failures = failures;
        this.statesCost = statesCost;
    }

    @Override
    public List<ModelChunk> read(ServerEvent event) {
        if (event.data().strip().equals(END)) {
            done = true;
            return List.of();
        }
        var chunk = parsed(() -> json.readValue(event.data(), CompletionChunk.class));
        failOnError(chunk);
        if (event.name().equals("error")) {
            throw new ModelFailure.ServerError("error event in the stream", null);
        }
        return chunks(chunk);
    }

    /** Some servers send an error with the status of success; so it is looked for here too. */
    @Override
    public List<ModelChunk> readWhole(byte[] body) {
        var completion = parsed(() -> json.readValue(body, CompletionChunk.class));
        failOnError(completion);
        return chunks(completion);
    }

    /** The end marker is the last of all: usage comes after the finish. */
    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public @Nullable String requestId() {
        return completionId;
    }

    private static CompletionChunk parsed(Supplier<@Nullable CompletionChunk> parser) {
        CompletionChunk chunk;
        try {
            chunk = parser.get();
        } catch (JacksonException unreadable) {
            // The exception quotes what the provider sent, so it goes no further.
            throw new ModelFailure.MalformedResponse("not a completion");
        }
        if (chunk == null) {
            throw new ModelFailure.MalformedResponse("null in place of a completion");
        }
        return chunk;
    }

    private void failOnError(CompletionChunk chunk) {
        JsonNode error = chunk.error();
        if (error != null && !error.isNull()) {
            throw failures.inStream(error);
        }
    }

    private List<ModelChunk> chunks(CompletionChunk chunk) {
        completionId = completionId == null ? chunk.id() : completionId;
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

    private void addChoice(CompletionChunk.Choice choice, List<ModelChunk> chunks) {
        var said = choice.said();
        if (said != null) {
            addSaid(said, chunks);
        }
        if (choice.finishReason() != null && !choice.finishReason().isEmpty()) {
            chunks.add(new ModelChunk.Finished(finishReason(choice.finishReason())));
        }
    }

    private void addSaid(CompletionChunk.Delta delta, List<ModelChunk> chunks) {
        if (delta.refusal() != null && !delta.refusal().isEmpty()) {
            throw new ModelFailure.ContentFiltered("the model declines");
        }
        var reasoning =
                delta.reasoningContent() != null ? delta.reasoningContent() : delta.reasoning();
        if (reasoning != null && !reasoning.isEmpty()) {
            chunks.add(new ModelChunk.ReasoningDelta(reasoning));
        }
        var said = SaidParts.of(delta.content());
        hasSomething |= said.stream().anyMatch(ModelChunk.TextDelta.class::isInstance);
        chunks.addAll(said);
        var calls =
                delta.toolCalls() == null
                        ? List.<CompletionChunk.@Nullable ToolCall>of()
                        : delta.toolCalls();
        for (int place = 0; place < calls.size(); place++) {
            var call = calls.get(place);
            if (call != null) {
                hasSomething = true;
                chunks.add(toolCalls.read(call, place));
            }
        }
    }

    /**
     * Servers invent reasons, and some say an empty one until they have a real one; an unknown one
     * counts as a regular stop where there is something to show for it.
     */
    private FinishReason finishReason(String wire) {
        return switch (wire) {
            case "stop" -> FinishReason.STOP;
            case "length", "model_length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL;
            case "content_filter" -> FinishReason.FILTERED;
            case "error", "insufficient_system_resource" -> FinishReason.ERROR;
            default -> hasSomething ? FinishReason.STOP : FinishReason.ERROR;
        };
    }

    /** Half a statement of usage is none: unknown must not become 0. */
    private void addUsage(CompletionChunk.Usage usage, List<ModelChunk> chunks) {
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
                        completion == null ? null : completion.reasoningTokens(),
                        statesCost ? StatedCost.micros(usage) : null));
    }
}
