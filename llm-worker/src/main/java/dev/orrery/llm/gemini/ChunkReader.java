package dev.orrery.llm.gemini;

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

/**
 * Turns the events of one response into chunks, or an answer that came whole. Usage stands before
 * the finish, so that it is known of a refused answer too.
 */
final class ChunkReader implements ResponseReader {

    private final JsonMapper json;
    private final Failures failures;
    private final Signatures signatures;
    private @Nullable String responseId;
    private boolean hasText;
    private boolean done;
    private int calls;

    ChunkReader(JsonMapper json, Failures failures, Signatures signatures) {
        this.json = json;
        this.failures = failures;
        this.signatures = signatures;
    }

    @Override
    public List<ModelChunk> read(ServerEvent event) {
        return chunks(parsed(() -> json.readValue(event.data(), GenerateChunk.class)));
    }

    @Override
    public List<ModelChunk> readWhole(byte[] body) {
        return chunks(parsed(() -> json.readValue(body, GenerateChunk.class)));
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public @Nullable String requestId() {
        return responseId;
    }

    private List<ModelChunk> chunks(GenerateChunk chunk) {
        if (chunk.error() != null && !chunk.error().isNull()) {
            throw failures.inStream(chunk.error());
        }
        responseId = responseId == null ? chunk.responseId() : responseId;
        var chunks = new ArrayList<ModelChunk>(3);
        if (chunk.usageMetadata() != null) {
            addUsage(chunk.usageMetadata(), chunks);
        }
        var feedback = chunk.promptFeedback();
        if (feedback != null && feedback.blockReason() != null) {
            done = true;
            chunks.add(new ModelChunk.Finished(FinishReason.FILTERED));
            return chunks;
        }
        var candidates =
                chunk.candidates() == null
                        ? List.<GenerateChunk.@Nullable Candidate>of()
                        : chunk.candidates();
        for (var candidate : candidates) {
            if (candidate != null && (candidate.index() == null || candidate.index() == 0)) {
                addCandidate(candidate, chunks);
            }
        }
        return chunks;
    }

    private static GenerateChunk parsed(Supplier<@Nullable GenerateChunk> parser) {
        GenerateChunk chunk;
        try {
            chunk = parser.get();
        } catch (JacksonException unreadable) {
            // The exception quotes what the provider sent, so it goes no further.
            throw new ModelFailure.MalformedResponse("not generated content");
        }
        if (chunk == null) {
            throw new ModelFailure.MalformedResponse("null in place of content");
        }
        return chunk;
    }

    private void addCandidate(GenerateChunk.Candidate candidate, List<ModelChunk> chunks) {
        var content = candidate.content();
        if (content != null && content.parts() != null) {
            for (var part : content.parts()) {
                if (part != null) {
                    addPart(part, chunks);
                }
            }
        }
        if (candidate.finishReason() != null) {
            done = true;
            chunks.add(new ModelChunk.Finished(finishReason(candidate.finishReason())));
        }
    }

    private void addPart(GenerateChunk.Part part, List<ModelChunk> chunks) {
        var text = part.text();
        if (part.functionCall() != null) {
            chunks.add(call(part.functionCall(), part.thoughtSignature()));
        } else if (text != null && !text.isEmpty()) {
            boolean thought = Boolean.TRUE.equals(part.thought());
            hasText |= !thought;
            chunks.add(
                    thought ? new ModelChunk.ReasoningDelta(text) : new ModelChunk.TextDelta(text));
        }
    }

    /** Calls need not have an id here, but whoever answers one needs it. */
    private ModelChunk call(GenerateChunk.FunctionCall call, @Nullable String signature) {
        int index = calls++;
        return new ModelChunk.ToolFragment(
                index,
                call.id() == null ? "call_" + index : call.id(),
                call.name(),
                arguments(call.args()),
                signatures.sealed(signature));
    }

    private static String arguments(@Nullable JsonNode args) {
        return args == null || args.isNull() ? "{}" : args.toString();
    }

    /**
     * Nothing but the parts tells a call for tools from a regular stop. An unknown reason counts as
     * the latter where there is something to show for it.
     */
    private FinishReason finishReason(String wire) {
        return switch (wire) {
            case "STOP" -> calls > 0 ? FinishReason.TOOL : FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" ->
                    FinishReason.FILTERED;
            case "OTHER",
                    "LANGUAGE",
                    "MALFORMED_FUNCTION_CALL",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MISSING_THOUGHT_SIGNATURE" ->
                    FinishReason.ERROR;
            default -> hasText || calls > 0 ? FinishReason.STOP : FinishReason.ERROR;
        };
    }

    /** Half a statement of usage is none: unknown must not become 0. */
    private static void addUsage(GenerateChunk.UsageMetadata usage, List<ModelChunk> chunks) {
        if (usage.promptTokenCount() == null) {
            return;
        }
        long input = usage.promptTokenCount() + orNone(usage.toolUsePromptTokenCount());
        var output = output(usage, input);
        if (output != null) {
            chunks.add(
                    new ModelChunk.Usage(
                            input,
                            output,
                            usage.cachedContentTokenCount(),
                            usage.thoughtsTokenCount()));
        }
    }

    /** What is left of the total tells a zero, which is not sent, from an unknown. */
    private static @Nullable Long output(GenerateChunk.UsageMetadata usage, long input) {
        if (usage.candidatesTokenCount() != null) {
            return usage.candidatesTokenCount() + orNone(usage.thoughtsTokenCount());
        }
        return usage.totalTokenCount() == null
                ? usage.thoughtsTokenCount()
                : (Long) Math.max(0, usage.totalTokenCount() - input);
    }

    private static long orNone(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }
}
