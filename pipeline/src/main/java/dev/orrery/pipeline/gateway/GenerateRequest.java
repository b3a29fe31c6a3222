package dev.orrery.pipeline.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway is asked; what is null is left out and to its discretion.
 *
 * @param messages oldest first, the last one the user's
 * @param tools what the models may ask for, names differ
 * @param fallbacks asked one after the other when the first has failed; null follows the rules
 * @param metadata of a configuration, as it is
 * @param user on whose behalf
 * @param deadlineMillis for all calls together
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GenerateRequest(
        String provider,
        String model,
        @JsonProperty("system_instruction") @Nullable String systemInstruction,
        List<Message> messages,
        @Nullable List<Tool> tools,
        @Nullable Double temperature,
        @JsonProperty("max_tokens") @Nullable Integer maxTokens,
        @JsonProperty("top_p") @Nullable Double topP,
        @JsonProperty("top_k") @Nullable Integer topK,
        @Nullable List<Fallback> fallbacks,
        @Nullable Map<String, Object> metadata,
        @JsonProperty("request_id") @Nullable String requestId,
        @Nullable String user,
        @JsonProperty("deadline_ms") @Nullable Long deadlineMillis) {

    /** One message; the role is user or assistant. */
    public record Message(String role, String content) {

        public static Message ofUser(String content) {
            return new Message("user", content);
        }

        public static Message ofAssistant(String content) {
            return new Message("assistant", content);
        }
    }

    /** Something a model may ask to be called; the type is function. */
    public record Tool(String type, Function function) {

        /**
         * @param name letters, digits, underscores and hyphens, up to 64
         * @param parameters JSON Schema of an object
         */
        public static Tool of(String name, String description, Map<String, Object> parameters) {
            return new Tool("function", new Function(name, description, parameters));
        }
    }

    /** What is called. */
    public record Function(String name, String description, Map<String, Object> parameters) {}

    /**
     * One fallback. It is told the same as the first.
     *
     * @param retry further tries, 0 to 5
     * @param region where the provider has regions
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fallback(
            String provider,
            String model,
            int retry,
            @JsonProperty("region_name") @Nullable String region) {}

    public GenerateRequest {
        messages = List.copyOf(messages);
    }

    /** One question to one model, followed by what the rules say. */
    public static GenerateRequest ask(String provider, String model, String question) {
        return new GenerateRequest(
                provider,
                model,
                null,
                List.of(Message.ofUser(question)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
