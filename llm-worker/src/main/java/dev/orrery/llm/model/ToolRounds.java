package dev.orrery.llm.model;

import static java.util.Objects.requireNonNull;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of a conversation in which tools are called: the assistant asks for some, and the next
 * messages are their results, one each, in any order. Valid: {@code user calls(a, b) result(b)
 * result(a) assistant user}. Not valid: a result before its call or a second one of it; anything
 * else, or the end, while one is missing; a call before the user's first word. It is what the
 * strictest of the providers ask for.
 */
public final class ToolRounds {

    /**
     * Why messages are not valid.
     *
     * @param message place of the one that is wrong, counted from 0
     * @param field of it, as OpenAI calls it
     * @param what is wrong and what was expected
     */
    public record Breach(int message, String field, String what) {}

    private final Set<String> open = new LinkedHashSet<>();
    private boolean userHasSpoken;
    private int asked;

    private ToolRounds() {}

    /** What is wrong first; null when nothing is. */
    public static @Nullable Breach breach(List<Message> messages) {
        var rounds = new ToolRounds();
        for (int place = 0; place < messages.size(); place++) {
            var breach = rounds.take(messages.get(place), place);
            if (breach != null) {
                return breach;
            }
        }
        return rounds.unanswered();
    }

    private @Nullable Breach take(Message message, int place) {
        return switch (message.role()) {
            case TOOL ->
                    open.remove(requireNonNull(message.answers()))
                            ? null
                            : new Breach(
                                    place,
                                    "tool_call_id",
                                    "no open call has this id (expected: that of a call in the"
                                            + " assistant's message before it, once)");
            case USER -> {
                userHasSpoken |= !message.content().isBlank();
                yield unanswered();
            }
            case ASSISTANT -> {
                var missing = unanswered();
                yield missing == null ? begin(message.calls(), place) : missing;
            }
        };
    }

    private @Nullable Breach begin(List<ToolCall> calls, int place) {
        if (!calls.isEmpty() && !userHasSpoken) {
            return new Breach(
                    place, "tool_calls", "before the user's first text (expected: after it)");
        }
        asked = place;
        for (var call : calls) {
            if (!open.add(call.id())) {
                return new Breach(place, "tool_calls", "two of one id (expected: different ids)");
            }
        }
        return null;
    }

    private @Nullable Breach unanswered() {
        return open.isEmpty()
                ? null
                : new Breach(
                        asked,
                        "tool_calls",
                        open.size() + " without a result (expected: one for each, right after it)");
    }

    /**
     * The messages with ids that every provider takes, whoever made the call: some want 9 letters
     * and digits, and not more than once in a conversation. The same messages get the same ids, so
     * that a provider's cache knows them again.
     *
     * @throws IllegalArgumentException when they are not valid
     */
    static List<Message> numbered(List<Message> messages) {
        var breach = breach(messages);
        if (breach != null) {
            throw new IllegalArgumentException(
                    "messages[%d].%s: %s"
                            .formatted(breach.message(), breach.field(), breach.what()));
        }
        var numbers = new Numbers();
        return messages.stream().map(numbers::given).toList();
    }

    /** Gives calls and their results numbers, in the order of the messages. */
    private static final class Numbers {

        private final Map<String, String> ofRound = new HashMap<>();
        private int calls;

        Message given(Message message) {
            return switch (message.role()) {
                case USER -> message;
                case ASSISTANT -> message.calls().isEmpty() ? message : calling(message);
                case TOOL ->
                        new Message(
                                Role.TOOL,
                                message.content(),
                                List.of(),
                                ofRound.get(requireNonNull(message.answers())));
            };
        }

        private Message calling(Message message) {
            ofRound.clear();
            return new Message(
                    Role.ASSISTANT,
                    message.content(),
                    message.calls().stream().map(this::numbered).toList(),
                    null);
        }

        private ToolCall numbered(ToolCall call) {
            calls++;
            var id = "call%05d".formatted(calls);
            ofRound.put(call.id(), id);
            return call.called(id);
        }
    }
}
