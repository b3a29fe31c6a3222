package dev.orrery.prompt;

import dev.orrery.events.PromptRendered;
import dev.orrery.events.SummaryRef;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.pipeline.prompt.FittedPrompt;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Summary;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Turns a revision and a scene into a prompt. Equal arguments give equal prompts, byte for byte, as
 * long as the same fallback rules are in force. Fails for good where the prompt is larger than the
 * revision allows and no history is left to give way.
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
        var fitted = fitting(revision, scene);
        var rendered = fitted.rendered();
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
                .setTools(rendered.tools())
                .setToolsRequired(revision.options().tools().required())
                .setSummary(reference(fitted.scene().beginning().summary()))
                .setSafety(SafetyPolicies.of(revision.safety(), scene.profile()))
                .build();
    }

    private static @Nullable SummaryRef reference(@Nullable Summary summary) {
        return summary == null ? null : new SummaryRef(summary.version(), summary.through());
    }

    /**
     * The turn's price was secured for the revision's limit, so what is above it would be asked for
     * and never paid.
     */
    private static FittedPrompt fitting(Revision revision, Scene scene) {
        var fitted =
                FittedPrompt.of(
                        revision.prompt(),
                        scene,
                        revision.options().tools(),
                        revision.promptTokenLimit());
        if (!fitted.fits()) {
            throw new StageFailure.Permanent(
                    FailureCode.PROMPT_TOO_LONG, "prompt: " + fitted.size(), null);
        }
        return fitted;
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
