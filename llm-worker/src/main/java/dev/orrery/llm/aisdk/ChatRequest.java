package dev.orrery.llm.aisdk;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, in camel case on the wire; what is null is left out. The protocol defines
 * id, messages and trigger; the rest are fields of our own beside them, which it allows, under the
 * names that the SDK has for the same settings.
 *
 * @param id of a chat that has this one call: the whole conversation is sent each time
 */
record ChatRequest(
        String id,
        List<UiMessage> messages,
        String trigger,
        String model,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens,
        @Nullable Map<String, ToolDefinition> tools) {

    record UiMessage(String id, String role, List<Part> parts) {}

    record Part(String type, String text) {}

    record ToolDefinition(String description, @JsonRawValue String inputSchema) {}

    static ChatRequest of(String id, Prompt prompt) {
        var conversation = prompt.conversation();
        return new ChatRequest(
                id,
                messages(conversation),
                "submit-message",
                prompt.model(),
                conversation.temperature(),
                conversation.topP(),
                conversation.topK(),
                conversation.maxOutputTokens(),
                conversation.tools().isEmpty() ? null : tools(conversation.tools()));
    }

    /** A message without text would break every later turn of a client that checks strictly. */
    private static List<UiMessage> messages(Conversation conversation) {
        var messages = new ArrayList<UiMessage>(conversation.messages().size() + 1);
        add("system", conversation.systemInstruction(), messages);
        for (var message : conversation.messages()) {
            add(role(message.role()), message.content(), messages);
        }
        return messages;
    }

    private static void add(String role, String text, List<UiMessage> messages) {
        if (!text.isBlank()) {
            messages.add(
                    new UiMessage("m" + messages.size(), role, List.of(new Part("text", text))));
        }
    }

    private static String role(Conversation.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private static Map<String, ToolDefinition> tools(List<Tool> tools) {
        var byName = new LinkedHashMap<String, ToolDefinition>();
        for (var tool : tools) {
            byName.put(tool.name(), new ToolDefinition(tool.description(), tool.inputSchema()));
        }
        return byName;
    }
}
