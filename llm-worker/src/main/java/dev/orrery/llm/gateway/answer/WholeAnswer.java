package dev.orrery.llm.gateway.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that comes in one piece.
 *
 * @param requestId the service's own where it stated one
 * @param model that answered
 */
public record WholeAnswer(
        @JsonProperty("request_id") String requestId,
        String provider,
        String model,
        @JsonProperty("finish_reason") String finishReason,
        List<Choice> choices,
        Tokens usage,
        List<Attempt> attempts) {

    record Choice(int index, Message message) {}

    /**
     * What the model says.
     *
     * @param content null when it says nothing and only wants tools to be called
     */
    record Message(
            String role,
            @Nullable String content,
            @JsonProperty("tool_calls") @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    List<Call> toolCalls) {

        static Message of(Outcome.Answered answered) {
            boolean silent = answered.text().isEmpty();
            return new Message(
                    "assistant",
                    silent ? null : answered.text(),
                    answered.toolCalls().stream().map(Call::of).toList());
        }
    }

    /** In the shape of OpenAI's, and beside it the signature where there is one. */
    record Call(
            String id,
            String type,
            Function function,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String signature) {

        static Call of(ToolCall call) {
            var function = new Function(call.name(), call.arguments());
            return new Call(call.id(), "function", function, call.signature());
        }
    }

    record Function(String name, String arguments) {}

    /** What is not known is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tokens(
            @JsonProperty("input_tokens") long inputTokens,
            @JsonProperty("output_tokens") long outputTokens,
            @JsonProperty("cached_input_tokens") @Nullable Long cachedInputTokens,
            @JsonProperty("reasoning_tokens") @Nullable Long reasoningTokens,
            @Nullable Boolean estimated) {

        static Tokens of(Usage usage) {
            return new Tokens(
                    usage.inputTokens(),
                    usage.outputTokens(),
                    usage.cachedInputTokens(),
                    usage.reasoningTokens(),
                    usage.estimated() ? true : null);
        }
    }

    public static WholeAnswer of(String requestId, Outcome.Answered answered) {
        return new WholeAnswer(
                requestId,
                answered.provider(),
                answered.model(),
                answered.finishReason(),
                List.of(new Choice(0, Message.of(answered))),
                Tokens.of(answered.usage()),
                Attempt.of(answered.calls()));
    }
}
