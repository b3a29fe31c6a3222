package dev.orrery.simulator.chat;

import dev.orrery.simulator.prose.Conversation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Collects what a request says, in its order. For one request. As strict as the strictest of the
 * providers: every call has one result before anything else is said, and there is no other result.
 */
public final class Transcript {

    private final StringJoiner instruction = new StringJoiner("\n");

    private final List<Conversation.Message> said = new ArrayList<>();

    private final Set<String> open = new LinkedHashSet<>();

    /** Something for the model to obey; blank for nothing. */
    public Transcript instructed(String text) {
        if (!text.isEmpty()) {
            instruction.add(text);
        }
        return this;
    }

    public void byUser(String text) {
        requireResults();
        said.add(new Conversation.Message(true, text));
    }

    public void byModel(String text) {
        requireResults();
        said.add(new Conversation.Message(false, text));
    }

    /** What the model said last has a call in it. */
    public void called(String id) {
        if (!open.add(id)) {
            throw Refusal.invalid("messages: two calls of one id", "messages");
        }
    }

    /**
     * What came of a call.
     *
     * @param id of the call
     */
    public void byTool(String id, String text) {
        if (!open.remove(id)) {
            throw Refusal.invalid(
                    "messages: a result must answer a call in the message before it", "messages");
        }
        said.add(new Conversation.Message(false, true, text));
    }

    private void requireResults() {
        if (!open.isEmpty()) {
            throw Refusal.invalid("messages: a call must be followed by its result", "messages");
        }
    }

    public Conversation conversation() {
        requireResults();
        return new Conversation(instruction.toString(), said);
    }
}
