package dev.orrery.llm.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, in snake case on the wire; what is null is left out.
 *
 * @param toolChoice a word, or a {@link ChosenTool}
 */
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
        @Nullable List<OfferedTool> tools,
        @Nullable Object toolChoice) {

    private static final String FUNCTION = "function";

    /**
     * @param content null beside calls that stand alone; some servers miss the field where it is
     *     left out
     * @param toolCallId whose result it is
     */
    record Message(
            String role,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String content,
            @Nullable List<CalledTool> toolCalls,
            @Nullable String toolCallId) {

        Message(String role, String content) {
            this(role, content, null, null);
        }
    }

    record StreamOptions(boolean includeUsage) {}

    record OfferedTool(String type, Function function) {}

    record Function(String name, String description, @JsonRawValue String parameters) {}

    record CalledTool(String id, String type, CalledFunction function) {}

    /**
     * @param arguments JSON as a text within JSON
     */
    record CalledFunction(String name, String arguments) {}

    record ChosenTool(String type, ChosenFunction function) {}

    record ChosenFunction(String name) {}

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
                tools(conversation),
                toolChoice(conversation));
    }

    /** An empty list is refused, so none is sent instead. */
    private static @Nullable List<OfferedTool> tools(Conversation conversation) {
        return conversation.tools().isEmpty()
                ? null
                : conversation.tools().stream().map(CompletionRequest::offered).toList();
    }

    private static OfferedTool offered(Tool tool) {
        return new OfferedTool(
                FUNCTION, new Function(tool.name(), tool.description(), tool.inputSchema()));
    }

    /** A choice without tools to choose from is refused, so none is sent. */
    private static @Nullable Object toolChoice(Conversation conversation) {
        if (conversation.tools().isEmpty()) {
            return null;
        }
        return switch (conversation.toolChoice()) {
            case ToolChoice.Mode mode ->
                    switch (mode) {
                        case AUTO -> null; // what happens unasked, also where the field is unknown
                        case NONE -> "none";
                        case REQUIRED -> "required";
                    };
            case ToolChoice.Named named ->
                    new ChosenTool(FUNCTION, new ChosenFunction(named.tool()));
        };
    }

    private static List<Message> messages(Conversation conversation) {
        var messages = new ArrayList<Message>(conversation.messages().size() + 1);
        if (!conversation.systemInstruction().isEmpty()) {
            messages.add(new Message("system", conversation.systemInstruction()));
        }
        conversation.messages().forEach(message -> messages.add(message(message)));
        return messages;
    }

    private static Message message(Conversation.Message message) {
        return switch (message.role()) {
            case USER -> new Message("user", message.content());
            case ASSISTANT ->
                    message.calls().isEmpty()
                            ? new Message("assistant", message.content())
                            : calling(message);
            case TOOL -> new Message("tool", message.content(), null, message.answers());
        };
    }

    private static Message calling(Conversation.Message message) {
        return new Message(
                "assistant",
                message.content().isEmpty() ? null : message.content(),
                message.calls().stream().map(CompletionRequest::called).toList(),
                null);
    }

    private static CalledTool called(ToolCall call) {
        return new CalledTool(
                call.id(), FUNCTION, new CalledFunction(call.name(), call.arguments()));
    }
}
