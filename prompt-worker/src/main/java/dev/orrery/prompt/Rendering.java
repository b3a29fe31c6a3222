package dev.orrery.prompt;

import dev.orrery.events.PromptRendered;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.pipeline.prompt.RenderedPrompt;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.prompt.revisions.Revision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Turns a revision and a scene into a prompt. Equal arguments give equal prompts, byte for byte, as
 * long as the same fallback rules are in force.
 */
final class Rendering {

    private final Fallbacks fallbacks;
    private final Counter unknownPlaceholders;

    Rendering(Fallbacks fallbacks, MeterRegistry meters) {
        this.fallbacks = fallbacks;
        this.unknownPlaceholders = meters.counter("orrery.prompt.unknown.placeholders");
    }

    PromptRendered prompt(TurnRef turn, Revision revision, Scene scene) {
        countUnknown(revision, scene);
        var rendered = RenderedPrompt.of(revision.prompt(), scene);
        return PromptRendered.newBuilder()
                .setTurn(turn)
                .setPromptHash(rendered.hash())
                .setSystemInstruction(rendered.systemInstruction())
                .setMessages(rendered.messages())
                .setAttempts(revision.chain().attempts(fallbacks, scene.profile().text("country")))
                .setTemperature(revision.temperature())
                .setTopP(revision.topP())
                .setTopK(revision.topK())
                .setMaxOutputTokens(revision.maxOutputTokens())
                .setHedge(revision.chain().hedge())
                .setContentFilteredIsFinal(revision.chain().afterRefusal().contentFilteredIsFinal())
                .setContextTooLongIsFinal(revision.chain().afterRefusal().contextTooLongIsFinal())
                .build();
    }

    /** An unknown name stays in the prompt as it was written; authors should hear of it. */
    private void countUnknown(Revision revision, Scene scene) {
        for (var name : revision.prompt().names()) {
            if (!scene.knows(name)) {
                unknownPlaceholders.increment();
            }
        }
    }
}
