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

    record Message(String role, String content) {}

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
                List.of(new Choice(0, new Message("assistant", answered.text()))),
                Tokens.of(answered.usage()),
                Attempt.of(answered.calls()));
    }
}
