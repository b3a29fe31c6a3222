package dev.orrery.llm.aisdk;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolChoice;
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
 * @param toolChoice a word, or a {@link ChosenTool}
 */
record ChatRequest(
        String id,
        List<UiMessages.UiMessage> messages,
        String trigger,
        String model,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens,
        @Nullable Map<String, ToolDefinition> tools,
        @Nullable Object toolChoice) {

    record ToolDefinition(String description, @JsonRawValue String inputSchema) {}

    record ChosenTool(String type, String toolName) {}

    static ChatRequest of(String id, Prompt prompt) {
        var conversation = prompt.conversation();
        return new ChatRequest(
                id,
                UiMessages.of(conversation),
                "submit-message",
                prompt.model(),
                conversation.temperature(),
                conversation.topP(),
                conversation.topK(),
                conversation.maxOutputTokens(),
                conversation.tools().isEmpty() ? null : tools(conversation.tools()),
                conversation.tools().isEmpty() ? null : choice(conversation.toolChoice()));
    }

    private static Map<String, ToolDefinition> tools(List<Tool> tools) {
        var byName = new LinkedHashMap<String, ToolDefinition>();
        for (var tool : tools) {
            byName.put(tool.name(), new ToolDefinition(tool.description(), tool.inputSchema()));
        }
        return byName;
    }

    private static @Nullable Object choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Mode mode ->
                    switch (mode) {
                        case AUTO -> null; // what happens unasked
                        case NONE -> "none";
                        case REQUIRED -> "required";
                    };
            case ToolChoice.Named named -> new ChosenTool("tool", named.tool());
        };
    }
}
