package dev.orrery.llm.model;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a conversation with tools to a model that knows nothing of them. What the assistant called
 * for it has said, and what came of it the user tells it.
 */
final class PlainWords {

    private final Map<String, String> nameOfCall = new HashMap<>();

    private PlainWords() {}

    static List<Message> of(List<Message> messages) {
        var words = new PlainWords();
        return messages.stream().map(words::told).toList();
    }

    private Message told(Message message) {
        return switch (message.role()) {
            case USER -> message;
            case ASSISTANT -> message.calls().isEmpty() ? message : calling(message);
            case TOOL ->
                    new Message(
                            Role.USER,
                            "Result of %s: %s"
                                    .formatted(
                                            nameOfCall.get(message.answers()), message.content()));
        };
    }

    private Message calling(Message message) {
        var lines = new ArrayList<String>();
        if (!message.content().isBlank()) {
            lines.add(message.content());
        }
        for (var call : message.calls()) {
            nameOfCall.put(call.id(), call.name());
            lines.add("I need the result of %s for %s.".formatted(call.name(), call.arguments()));
        }
        return new Message(Role.ASSISTANT, String.join("\n", lines));
    }
}
