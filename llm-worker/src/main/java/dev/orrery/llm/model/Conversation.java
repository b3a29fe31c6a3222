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
 */
public record Conversation(
        String systemInstruction,
        List<Message> messages,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens) {

    public Conversation {
        messages = List.copyOf(messages);
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException(
                    "maxOutputTokens: " + maxOutputTokens + " (expected: >= 1)");
        }
    }

    /** Who said something. */
    public enum Role {
        USER,
        ASSISTANT
    }

    /** One message of a conversation. */
    public record Message(Role role, String content) {}
}
