package dev.orrery.llm.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model sees and how it is to answer; the same for every call of a chain.
 *
 * @param systemInstruction may be empty
 * @param messages oldest first; the last one is the user's
 * @param temperature 0 to 2; null leaves it to the provider
 * @param topP above 0 to 1; null leaves it to the provider
 * @param topK 1 or more, where the provider has it; null leaves it to the provider
 * @param maxOutputTokens 1 or more
 * @param tools what the model may ask for; names differ
 */
public record Conversation(
        String systemInstruction,
        List<Message> messages,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens,
        List<Tool> tools) {

    public Conversation {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException(
                    "maxOutputTokens: " + maxOutputTokens + " (expected: >= 1)");
        }
        if (tools.stream().map(Tool::name).distinct().count() < tools.size()) {
            throw new IllegalArgumentException("tools: two of one name (expected: different ones)");
        }
    }

    /** A conversation without tools. */
    public Conversation(
            String systemInstruction,
            List<Message> messages,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            int maxOutputTokens) {
        this(systemInstruction, messages, temperature, topP, topK, maxOutputTokens, List.of());
    }

    /** Who said something. */
    public enum Role {
        USER,
        ASSISTANT
    }

    /** One message of a conversation. */
    public record Message(Role role, String content) {}
}
