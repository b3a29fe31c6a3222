package dev.orrery.llm.anthropic;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolChoice;
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
        @Nullable List<ToolDefinition> tools,
        @Nullable Choice toolChoice) {

    private static final double HOTTEST = 1;

    record Message(String role, List<Block> content) {}

    /** A block of a message's content. */
    sealed interface Block {}

    record Text(String type, String text) implements Block {}

    record ToolUse(String type, String id, String name, @JsonRawValue String input)
            implements Block {}

    /**
     * @param content null where the tool had nothing to say: a blank text is refused
     */
    record ToolResult(String type, String toolUseId, @Nullable String content) implements Block {}

    record ToolDefinition(String name, String description, @JsonRawValue String inputSchema) {}

    /**
     * @param name null where none is named
     */
    record Choice(String type, @Nullable String name) {}

    /**
     * Models since Claude 4.1 refuse a temperature beside {@code top_p}; where both are wanted, the
     * temperature is sent alone. A temperature ends at 1 here, not at 2. Calls are refused where no
     * tool is defined, so those that were called are, even where none is on offer.
     */
    static MessagesRequest of(Prompt prompt) {
        var conversation = prompt.conversation();
        var temperature = conversation.temperature();
        var tools = conversation.knownTools();
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
                tools.isEmpty() ? null : tools.stream().map(MessagesRequest::tool).toList(),
                tools.isEmpty() ? null : choice(conversation));
    }

    private static Message message(Utterance utterance) {
        return new Message(
                role(utterance.role()),
                utterance.parts().stream().map(MessagesRequest::block).toList());
    }

    /** What came of a call is said by the user. */
    private static String role(Conversation.Role role) {
        return switch (role) {
            case USER, TOOL -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private static Block block(Utterance.Part part) {
        return switch (part) {
            case Utterance.Text text -> new Text("text", text.text());
            case Utterance.Call(var call) ->
                    new ToolUse("tool_use", call.id(), call.name(), call.arguments());
            case Utterance.Result result ->
                    new ToolResult(
                            "tool_result",
                            result.of().id(),
                            result.content().isBlank() ? null : result.content());
        };
    }

    private static ToolDefinition tool(Tool tool) {
        return new ToolDefinition(tool.name(), tool.description(), tool.inputSchema());
    }

    private static @Nullable Choice choice(Conversation conversation) {
        if (!conversation.mayCall()) {
            return new Choice("none", null);
        }
        return switch (conversation.toolChoice()) {
            case ToolChoice.Mode mode ->
                    switch (mode) {
                        case AUTO -> null; // what happens unasked
                        case NONE -> new Choice("none", null);
                        case REQUIRED -> new Choice("any", null);
                    };
            case ToolChoice.Named named -> new Choice("tool", named.tool());
        };
    }
}
