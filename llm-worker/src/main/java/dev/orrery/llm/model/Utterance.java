package dev.orrery.llm.model;

import static java.util.Objects.requireNonNull;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one side says until the other one answers. Some providers take a conversation only when the
 * user begins, the sides take turns, and nobody says nothing. With them what came of a call is said
 * by the user's side.
 *
 * @param role the user or the assistant
 * @param parts at least one; results of calls come before words
 */
public record Utterance(Role role, List<Part> parts) {

    /** Something of it. */
    public sealed interface Part {}

    /** Words; not blank. */
    public record Text(String text) implements Part {}

    /** The assistant wants a tool to be called. */
    public record Call(ToolCall call) implements Part {}

    /**
     * What came of a call.
     *
     * @param content may be blank
     */
    public record Result(ToolCall of, String content) implements Part {}

    public Utterance {
        parts = List.copyOf(parts);
    }

    /** Words alone. */
    public Utterance(Role role, String... texts) {
        this(role, List.<Part>copyOf(List.of(texts).stream().map(Text::new).toList()));
    }

    /**
     * The messages as such a conversation: neighbours of one side become one utterance, blank
     * messages are left out, and so is what the assistant said before the user's first word,
     * because putting words into the user's mouth would be the only other way to send it.
     *
     * @param messages of a {@link Conversation}
     */
    public static List<Utterance> alternating(List<Message> messages) {
        var utterances = new ArrayList<Utterance>(messages.size());
        var calls = new HashMap<String, ToolCall>();
        for (var message : messages) {
            message.calls().forEach(call -> calls.put(call.id(), call));
            var role = message.role() == Role.ASSISTANT ? Role.ASSISTANT : Role.USER;
            var parts = parts(message, calls);
            boolean early = utterances.isEmpty() && role == Role.ASSISTANT;
            if (early || parts.isEmpty()) {
                continue;
            }
            boolean goesOn = !utterances.isEmpty() && utterances.getLast().role() == role;
            utterances.add(
                    goesOn ? utterances.removeLast().and(parts) : new Utterance(role, parts));
        }
        return List.copyOf(utterances);
    }

    private static List<Part> parts(Message message, Map<String, ToolCall> calls) {
        if (message.role() == Role.TOOL) {
            var call = requireNonNull(calls.get(requireNonNull(message.answers())), "BUG: no call");
            return List.of(new Result(call, message.content()));
        }
        var parts = new ArrayList<Part>(message.calls().size() + 1);
        if (!message.content().isBlank()) {
            parts.add(new Text(message.content()));
        }
        message.calls().forEach(call -> parts.add(new Call(call)));
        return parts;
    }

    private Utterance and(List<Part> further) {
        var more = new ArrayList<>(parts);
        more.addAll(further);
        return new Utterance(role, more);
    }
}
