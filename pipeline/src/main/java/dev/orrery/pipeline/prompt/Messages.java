package dev.orrery.pipeline.prompt;

import dev.orrery.events.PromptMessage;

/** Messages that are words, and nothing else. */
public final class Messages {

    private static final String USER = "user";
    private static final String ASSISTANT = "assistant";

    private Messages() {}

    /** What the user said. */
    public static PromptMessage user(String text) {
        return by(USER, text);
    }

    /** What the bot said. */
    public static PromptMessage assistant(String text) {
        return by(ASSISTANT, text);
    }

    /** What somebody said, by the name of the role. */
    public static PromptMessage by(String role, String text) {
        return PromptMessage.newBuilder().setRole(role).setContent(text).build();
    }
}
