package dev.orrery.simulator.chat;

import dev.orrery.simulator.prose.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Collects what a request says, in its order. For one request. */
public final class Transcript {

    private final StringJoiner instruction = new StringJoiner("\n");

    private final List<Conversation.Message> said = new ArrayList<>();

    /** Something for the model to obey; blank for nothing. */
    public Transcript instructed(String text) {
        if (!text.isEmpty()) {
            instruction.add(text);
        }
        return this;
    }

    public void byUser(String text) {
        said.add(new Conversation.Message(true, text));
    }

    /** Said by the model or a tool. */
    public void byOthers(String text) {
        said.add(new Conversation.Message(false, text));
    }

    public Conversation conversation() {
        return new Conversation(instruction.toString(), said);
    }
}
