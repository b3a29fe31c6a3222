package dev.orrery.prompt.summaries;

import dev.orrery.pipeline.gateway.Generated;
import dev.orrery.pipeline.prompt.variables.CleanText;

/**
 * A summary that a model wrote.
 *
 * @param text not blank, 32,000 code points at most
 * @param promptHash of what it was asked, see {@link dev.orrery.pipeline.prompt.PromptHash}
 */
record Written(
        String text,
        String provider,
        String model,
        long inputTokens,
        long outputTokens,
        String promptHash) {

    private static final int LONGEST = 32_000;

    static Written of(Generated generated, String promptHash) {
        return new Written(
                CleanText.of(generated.text(), LONGEST).strip(),
                generated.provider(),
                generated.model(),
                Math.max(0, generated.inputTokens()),
                Math.max(0, generated.outputTokens()),
                promptHash);
    }

    /** Without the text: it is what people said, in other words. */
    @Override
    public String toString() {
        return "Written[provider=" + provider + ", model=" + model + "]";
    }
}
