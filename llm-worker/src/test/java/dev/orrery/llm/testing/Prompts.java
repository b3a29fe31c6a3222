package dev.orrery.llm.testing;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tests ask. */
public final class Prompts {

    public static final Duration CONNECT = Duration.ofSeconds(10);

    public static final Tool WEATHER =
            new Tool(
                    "get_weather",
                    "The weather now",
                    """
                    {"type": "object", "properties": {"city": {"type": "string"}},
                     "required": ["city"], "additionalProperties": false}
                    """);

    private Prompts() {}

    /** One question, and nothing else said. */
    public static Prompt plain(String model) {
        return plain(model, CONNECT);
    }

    public static Prompt plain(String model, Duration connectLimit) {
        return new Prompt(
                model,
                null,
                new Conversation(
                        "", List.of(new Message(Role.USER, "Hello")), null, null, null, 64),
                connectLimit);
    }

    /** One question whose answer is to come whole. */
    public static Prompt whole(String model) {
        var plain = plain(model);
        return new Prompt(model, null, plain.conversation(), CONNECT, false);
    }

    /** A conversation with everything that can be said about one. */
    public static Prompt full(
            String model, @Nullable Double temperature, @Nullable Double topP, Tool... tools) {
        return new Prompt(
                model,
                null,
                new Conversation(
                        "You are Mira.",
                        List.of(
                                new Message(Role.ASSISTANT, "Welcome!"),
                                new Message(Role.USER, "Hello"),
                                new Message(Role.ASSISTANT, "Hi."),
                                new Message(Role.USER, " "),
                                new Message(Role.USER, "Will it rain?"),
                                new Message(Role.USER, "In Oslo?")),
                        temperature,
                        topP,
                        40,
                        256,
                        List.of(tools)),
                CONNECT);
    }
}
