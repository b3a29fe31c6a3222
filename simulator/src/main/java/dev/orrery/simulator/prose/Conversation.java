package dev.orrery.simulator.prose;

import java.util.List;

/**
 * What a model is asked, as every provider can say it.
 *
 * @param instruction text of the system; empty for none
 * @param messages what was said, oldest first
 */
public record Conversation(String instruction, List<Message> messages) {

    public Conversation {
        messages = List.copyOf(messages);
    }

    /**
     * One message.
     *
     * @param byUser whether the user said it, and not the model or a tool
     * @param byTool whether it is what a tool returned
     */
    public record Message(boolean byUser, boolean byTool, String text) {

        /** By the user or the model. */
        public Message(boolean byUser, String text) {
            this(byUser, false, text);
        }
    }

    /** What tools have returned since the model called them; empty where something else is last. */
    public List<String> results() {
        return messages.reversed().stream()
                .takeWhile(Message::byTool)
                .map(Message::text)
                .toList()
                .reversed();
    }

    /** What the user said last; empty if nothing. */
    String question() {
        return messages.reversed().stream()
                .filter(Message::byUser)
                .map(Message::text)
                .findFirst()
                .orElse("");
    }

    /** Messages of the user before the last one. */
    int earlierQuestions() {
        return (int) Math.max(0, messages.stream().filter(Message::byUser).count() - 1);
    }

    /** Pieces of all texts, and four for the frame of each message, as tokenizers count it. */
    public int pieces() {
        int frame = 4;
        int count = instruction.isEmpty() ? 0 : Pieces.count(instruction) + frame;
        for (Message message : messages) {
            count += Pieces.count(message.text()) + frame;
        }
        return count;
    }

    /** The same for the same conversation, on every machine. */
    long seed() {
        long hash = fnv(0xcbf29ce484222325L, instruction);
        for (Message message : messages) {
            hash = fnv(hash * 31 + (message.byUser() ? 1 : 2), message.text());
        }
        return hash;
    }

    /** Fowler, Noll and Vo's hash 1a over UTF-16 units. */
    private static long fnv(long hash, String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
