package dev.orrery.pipeline.prompt;

import dev.orrery.pipeline.prompt.variables.Beginning;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.tool.ToolOptions;
import java.util.List;

/**
 * A rendering within the tokens that a turn's price was secured for. What exceeds them is taken
 * from the history, whole turns, the oldest first, then from what stands before it, and from
 * nothing else; so a prompt may still be too large when there is none left, and must not be sent
 * then.
 *
 * @param scene what is left of the turn
 * @param mostTokens of system instruction, messages and tools together, estimated as {@link
 *     PromptTokens} has it
 */
public record FittedPrompt(Scene scene, RenderedPrompt rendered, long mostTokens) {

    /** Of a prompt without tools. */
    public static FittedPrompt of(Prompt prompt, Scene scene, long mostTokens) {
        return of(prompt, scene, ToolOptions.NONE, mostTokens);
    }

    /** Equal arguments give equal prompts, byte for byte. */
    public static FittedPrompt of(Prompt prompt, Scene scene, ToolOptions tools, long mostTokens) {
        var whole = rendered(prompt, scene, tools, mostTokens);
        return whole.fits() ? whole : shortened(prompt, scene, tools, mostTokens);
    }

    /** Halves what may be kept: ten renderings find it among a thousand turns. */
    private static FittedPrompt shortened(
            Prompt prompt, Scene scene, ToolOptions tools, long mostTokens) {
        var history = scene.history();
        var best = rendered(prompt, scene.withHistory(List.of()), tools, mostTokens);
        if (!best.fits()) {
            var alone = best.scene().withBeginning(Beginning.NONE);
            return rendered(prompt, alone, tools, mostTokens);
        }
        int fitting = 0;
        int tooMany = history.size();
        while (tooMany - fitting > 1) {
            int kept = (fitting + tooMany) / 2;
            var newest = history.subList(history.size() - kept, history.size());
            var next = rendered(prompt, scene.withHistory(newest), tools, mostTokens);
            if (next.fits()) {
                fitting = kept;
                best = next;
            } else {
                tooMany = kept;
            }
        }
        return best;
    }

    private static FittedPrompt rendered(
            Prompt prompt, Scene scene, ToolOptions tools, long mostTokens) {
        return new FittedPrompt(scene, RenderedPrompt.of(prompt, scene, tools), mostTokens);
    }

    public boolean fits() {
        return rendered.tokens() <= mostTokens;
    }

    /** How large it is, and how large it may be. */
    public String size() {
        return "about "
                + rendered.tokens()
                + " tokens (expected: at most the revision's "
                + mostTokens
                + ")";
    }

    /** The size alone: the rest is what people wrote and who they are. */
    @Override
    public String toString() {
        return "FittedPrompt[" + size() + "]";
    }
}
