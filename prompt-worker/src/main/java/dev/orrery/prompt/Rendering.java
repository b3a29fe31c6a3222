package dev.orrery.prompt;

import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.prompt.history.Exchange;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.variables.Scene;
import dev.orrery.prompt.variables.Variable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a revision and a scene into a prompt. Equal arguments give equal prompts, byte for byte, as
 * long as the same fallback rules are in force.
 */
final class Rendering {

    private static final String USER = "user";
    private static final String ASSISTANT = "assistant";

    private final Fallbacks fallbacks;
    private final Counter unknownPlaceholders;

    Rendering(Fallbacks fallbacks, MeterRegistry meters) {
        this.fallbacks = fallbacks;
        this.unknownPlaceholders = meters.counter("orrery.prompt.unknown.placeholders");
    }

    PromptRendered prompt(TurnRef turn, Revision revision, Scene scene) {
        countUnknown(revision);
        var system = revision.prompt().render(scene);
        var messages = messages(scene);
        return PromptRendered.newBuilder()
                .setTurn(turn)
                .setPromptHash(PromptHash.of(system, messages))
                .setSystemInstruction(system)
                .setMessages(messages)
                .setAttempts(revision.chain().attempts(fallbacks, scene.profile().text("country")))
                .setTemperature(revision.temperature())
                .setTopP(revision.topP())
                .setTopK(revision.topK())
                .setMaxOutputTokens(revision.maxOutputTokens())
                .setHedge(revision.chain().hedge())
                .build();
    }

    /** What was said, as it was said; the current message last. */
    private static List<PromptMessage> messages(Scene scene) {
        var messages = new ArrayList<PromptMessage>(2 * scene.history().size() + 1);
        for (Exchange exchange : scene.history()) {
            messages.add(new PromptMessage(USER, exchange.user()));
            messages.add(new PromptMessage(ASSISTANT, exchange.bot()));
        }
        messages.add(new PromptMessage(USER, scene.message()));
        return messages;
    }

    /** An unknown name stays in the prompt as it was written; authors should hear of it. */
    private void countUnknown(Revision revision) {
        for (var name : revision.prompt().names()) {
            if (Variable.named(name).isEmpty()) {
                unknownPlaceholders.increment();
            }
        }
    }
}
