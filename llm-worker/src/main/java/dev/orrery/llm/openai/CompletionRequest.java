package dev.orrery.llm.openai;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request, in snake case on the wire; what is null is left out. */
record CompletionRequest(
        String model,
        List<Message> messages,
        boolean stream,
        @Nullable StreamOptions streamOptions,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Integer maxTokens,
        @Nullable Integer maxCompletionTokens,
        @Nullable List<ToolChoice> tools) {

    record Message(String role, String content) {}

    record StreamOptions(boolean includeUsage) {}

    record ToolChoice(String type, Function function) {}

    record Function(String name, String description, @JsonRawValue String parameters) {}

    static CompletionRequest of(Prompt prompt, OpenAiCompatible endpoint) {
        var conversation = prompt.conversation();
        boolean oldField =
                switch (endpoint.maxTokensField()) {
                    case MAX_TOKENS -> true;
                    case MAX_COMPLETION_TOKENS -> false;
                };
        return new CompletionRequest(
                prompt.model(),
                messages(conversation),
                prompt.streamed(),
                prompt.streamed() && endpoint.askForUsage() ? new StreamOptions(true) : null,
                conversation.temperature(),
                conversation.topP(),
                endpoint.topK() ? conversation.topK() : null,
                oldField ? conversation.maxOutputTokens() : null,
                oldField ? null : conversation.maxOutputTokens(),
                tools(conversation));
    }

    /** An empty list is refused, so none is sent instead. */
    private static @Nullable List<ToolChoice> tools(Conversation conversation) {
        return conversation.tools().isEmpty()
                ? null
                : conversation.tools().stream().map(CompletionRequest::function).toList();
    }

    private static ToolChoice function(Tool tool) {
        return new ToolChoice(
                "function", new Function(tool.name(), tool.description(), tool.inputSchema()));
    }

    private static List<Message> messages(Conversation conversation) {
        var messages = new ArrayList<Message>(conversation.messages().size() + 1);
        if (!conversation.systemInstruction().isEmpty()) {
            messages.add(new Message("system", conversation.systemInstruction()));
        }
        for (var message : conversation.messages()) {
            messages.add(new Message(role(message.role()), message.content()));
        }
        return messages;
    }

    private static String role(Conversation.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}
