package dev.orrery.llm.testing;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.ToolChoice;
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

    public static Message user(String text) {
        return new Message(Role.USER, text);
    }

    /**
     * Two rounds of calls: two calls, answered the other way round, and one that nothing comes of.
     * The caller uses an id twice, in different rounds.
     */
    public static Prompt rounds(ToolChoice choice) {
        return toolsOf(
                choice,
                user("Weather in Oslo and Rome?"),
                Message.calling("One moment.", weather("x1", "Oslo"), weather("x2", "Rome")),
                Message.result("x2", "It rains."),
                Message.result("x1", "{\"celsius\":3}"),
                new Message(Role.ASSISTANT, "3 degrees, and rain."),
                user("And Paris?"),
                Message.calling("", weather("x1", "Paris")),
                Message.result("x1", " "));
    }

    private static ToolCall weather(String id, String city) {
        return new ToolCall(id, WEATHER.name(), "{\"city\":\"%s\"}".formatted(city));
    }

    /** A conversation with the weather on offer. */
    public static Prompt toolsOf(ToolChoice choice, Message... messages) {
        return new Prompt(
                "model-1",
                null,
                new Conversation(
                        "", List.of(messages), null, null, null, 64, List.of(WEATHER), choice),
                CONNECT);
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
