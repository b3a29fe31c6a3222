package dev.orrery.llm.aisdk;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation as the SDK has them. A call and what came of it are one part of
 * the assistant's message; so results have no message of their own.
 */
final class UiMessages {

    record UiMessage(String id, String role, List<Part> parts) {}

    /** A part of a message. */
    sealed interface Part {}

    record Text(String type, String text) implements Part {}

    /**
     * @param type the name of the tool behind {@code tool-}
     * @param output a text: what tools say is theirs, and JSON is not made of it here
     */
    record ToolPart(
            String type,
            String toolCallId,
            String state,
            @JsonRawValue String input,
            @Nullable String output)
            implements Part {}

    private static final String ANSWERED = "output-available";

    private final List<UiMessage> messages = new ArrayList<>();

    private UiMessages() {}

    /** A message without parts would break every later turn of a client that checks strictly. */
    static List<UiMessage> of(Conversation conversation) {
        var ui = new UiMessages();
        ui.add("system", texts(conversation.systemInstruction()));
        var results = results(conversation.messages());
        for (var message : conversation.messages()) {
            switch (message.role()) {
                case USER -> ui.add("user", texts(message.content()));
                case ASSISTANT -> ui.add("assistant", said(message, results));
                case TOOL -> {} // stands in the message that asked for it
            }
        }
        return List.copyOf(ui.messages);
    }

    /** By the id of the call. */
    private static Map<String, String> results(List<Message> messages) {
        var results = new HashMap<String, String>();
        for (var message : messages) {
            var answers = message.answers();
            if (answers != null) {
                results.put(answers, message.content());
            }
        }
        return results;
    }

    private static List<Part> said(Message message, Map<String, String> results) {
        var parts = texts(message.content());
        message.calls().forEach(call -> parts.add(part(call, results.get(call.id()))));
        return parts;
    }

    private static Part part(ToolCall call, @Nullable String output) {
        return new ToolPart("tool-" + call.name(), call.id(), ANSWERED, call.arguments(), output);
    }

    private static List<Part> texts(String text) {
        var parts = new ArrayList<Part>();
        if (!text.isBlank()) {
            parts.add(new Text("text", text));
        }
        return parts;
    }

    private void add(String role, List<Part> parts) {
        if (!parts.isEmpty()) {
            messages.add(new UiMessage("m" + messages.size(), role, List.copyOf(parts)));
        }
    }
}
