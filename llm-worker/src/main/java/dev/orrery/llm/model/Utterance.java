package dev.orrery.llm.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What one side says until the other one answers. Some providers take a conversation only when the
 * user begins, the sides take turns, and nobody says nothing.
 *
 * @param texts none of them blank; at least one
 */
public record Utterance(Conversation.Role role, List<String> texts) {

    public Utterance {
        texts = List.copyOf(texts);
    }

    /**
     * The messages as such a conversation: neighbours of one side become one utterance, blank
     * messages are left out, and so is what the assistant said before the user's first word,
     * because putting words into the user's mouth would be the only other way to send it.
     */
    public static List<Utterance> alternating(List<Conversation.Message> messages) {
        var utterances = new ArrayList<Utterance>(messages.size());
        for (var message : messages) {
            boolean early = utterances.isEmpty() && message.role() == Conversation.Role.ASSISTANT;
            if (early || message.content().isBlank()) {
                continue;
            }
            boolean goesOn = !utterances.isEmpty() && utterances.getLast().role() == message.role();
            utterances.add(
                    goesOn
                            ? utterances.removeLast().and(message.content())
                            : new Utterance(message.role(), List.of(message.content())));
        }
        return List.copyOf(utterances);
    }

    private Utterance and(String text) {
        var more = new ArrayList<>(texts);
        more.add(text);
        return new Utterance(role, more);
    }
}
