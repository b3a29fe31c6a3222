package dev.orrery.llm.gateway.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed answer, in the shape of OpenAI's. What goes beyond that shape stands
 * beside it: {@code restarted}, {@code provider} and {@code attempts}.
 *
 * @param created seconds since 1970
 * @param model that is answering
 * @param choices empty in a chunk that carries nothing of the answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CompletionChunk(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @Nullable Restart restarted,
        @Nullable Tokens usage,
        @Nullable String provider,
        @Nullable List<Attempt> attempts) {

    private static final String OBJECT = "chat.completion.chunk";

    /** The null of a finish reason is part of the shape. */
    record Choice(
            int index,
            Delta delta,
            @JsonProperty("finish_reason") @JsonInclude(JsonInclude.Include.ALWAYS)
                    @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(
            @Nullable String role,
            @Nullable String content,
            @JsonProperty("tool_calls") @Nullable List<ToolDelta> toolCalls) {}

    /**
     * A piece of a call for a tool.
     *
     * @param index place among the calls of the answer, counted from 0
     * @param id said with the first piece of the call, null with the others; like the type
     * @param signature see {@link ToolCall#signature}; null on all but one piece
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolDelta(
            int index,
            @Nullable String id,
            @Nullable String type,
            FunctionDelta function,
            @Nullable String signature) {

        static ToolDelta first(
                int index,
                String id,
                @Nullable String name,
                String arguments,
                @Nullable String signature) {
            var function = new FunctionDelta(name, arguments);
            return new ToolDelta(index, id, "function", function, signature);
        }

        static ToolDelta further(
                int index, @Nullable String name, String arguments, @Nullable String signature) {
            return new ToolDelta(index, null, null, new FunctionDelta(name, arguments), signature);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FunctionDelta(@Nullable String name, String arguments) {}

    /**
     * Everything before this chunk is void.
     *
     * @param attempt number of the call whose answer follows
     */
    record Restart(int attempt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tokens(
            @JsonProperty("prompt_tokens") long promptTokens,
            @JsonProperty("completion_tokens") long completionTokens,
            @JsonProperty("total_tokens") long totalTokens,
            @JsonProperty("prompt_tokens_details") @Nullable Cached promptDetails,
            @JsonProperty("completion_tokens_details") @Nullable Reasoning completionDetails,
            @Nullable Boolean estimated) {

        static Tokens of(Usage usage) {
            var cached = usage.cachedInputTokens();
            var reasoning = usage.reasoningTokens();
            return new Tokens(
                    usage.inputTokens(),
                    usage.outputTokens(),
                    usage.totalTokens(),
                    cached == null ? null : new Cached(cached),
                    reasoning == null ? null : new Reasoning(reasoning),
                    usage.estimated() ? true : null);
        }
    }

    record Cached(@JsonProperty("cached_tokens") long cachedTokens) {}

    record Reasoning(@JsonProperty("reasoning_tokens") long reasoningTokens) {}

    /** What all chunks of one answer have in common. */
    record Head(String id, long created, String model) {

        /** The same answer, now by another model. */
        Head by(String answering) {
            return new Head(id, created, answering);
        }

        /**
         * @param role said with the first piece of an answer, null with the others
         */
        CompletionChunk text(@Nullable String role, String content) {
            return choice(new Delta(role, content, null), null);
        }

        CompletionChunk tool(@Nullable String role, ToolDelta piece) {
            return choice(new Delta(role, null, List.of(piece)), null);
        }

        CompletionChunk finish(String finishReason) {
            return choice(new Delta(null, null, null), finishReason);
        }

        private CompletionChunk choice(Delta delta, @Nullable String finishReason) {
            var choice = new Choice(0, delta, finishReason);
            return new CompletionChunk(
                    id, OBJECT, created, model, List.of(choice), null, null, null, null);
        }

        CompletionChunk restarted(int attempt) {
            return new CompletionChunk(
                    id, OBJECT, created, model, List.of(), new Restart(attempt), null, null, null);
        }

        CompletionChunk usage(Outcome.Answered answered) {
            return new CompletionChunk(
                    id,
                    OBJECT,
                    created,
                    model,
                    List.of(),
                    null,
                    Tokens.of(answered.usage()),
                    answered.provider(),
                    Attempt.of(answered.calls()));
        }
    }
}
