package dev.orrery.llm.anthropic;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request, in snake case on the wire; what is null is left out. */
record MessagesRequest(
        String model,
        int maxTokens,
        boolean stream,
        @Nullable String system,
        List<Message> messages,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable List<ToolDefinition> tools) {

    private static final double HOTTEST = 1;

    record Message(String role, List<Text> content) {}

    record Text(String type, String text) {}

    record ToolDefinition(String name, String description, @JsonRawValue String inputSchema) {}

    /**
     * Models since Claude 4.1 refuse a temperature beside {@code top_p}; where both are wanted, the
     * temperature is sent alone. A temperature ends at 1 here, not at 2.
     */
    static MessagesRequest of(Prompt prompt) {
        var conversation = prompt.conversation();
        var temperature = conversation.temperature();
        return new MessagesRequest(
                prompt.model(),
                conversation.maxOutputTokens(),
                prompt.streamed(),
                conversation.systemInstruction().isBlank()
                        ? null
                        : conversation.systemInstruction(),
                Utterance.alternating(conversation.messages()).stream()
                        .map(MessagesRequest::message)
                        .toList(),
                temperature == null ? null : Math.min(temperature, HOTTEST),
                temperature == null ? conversation.topP() : null,
                conversation.topK(),
                conversation.tools().isEmpty()
                        ? null
                        : conversation.tools().stream().map(MessagesRequest::tool).toList());
    }

    private static Message message(Utterance utterance) {
        return new Message(
                role(utterance.role()),
                utterance.texts().stream().map(text -> new Text("text", text)).toList());
    }

    private static String role(Conversation.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private static ToolDefinition tool(Tool tool) {
        return new ToolDefinition(tool.name(), tool.description(), tool.inputSchema());
    }
}
