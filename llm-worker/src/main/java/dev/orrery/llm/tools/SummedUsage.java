package dev.orrery.llm.tools;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.TokenEstimate;
import org.jspecify.annotations.Nullable;

/** What the answers of all rounds have used. Not thread-safe. */
final class SummedUsage {

    private ModelChunk.Usage sum = new ModelChunk.Usage(0, 0, null, null);
    private boolean estimated;

    /**
     * @param stated null when the provider did not say: unknown usage is not zero
     * @param conversation that was sent
     * @param shownBytes of the answer
     */
    void add(ModelChunk.@Nullable Usage stated, Conversation conversation, long shownBytes) {
        estimated |= stated == null;
        var usage = stated == null ? TokenEstimate.usage(conversation, shownBytes) : stated;
        sum =
                new ModelChunk.Usage(
                        sum.inputTokens() + usage.inputTokens(),
                        sum.outputTokens() + usage.outputTokens(),
                        both(sum.cachedInputTokens(), usage.cachedInputTokens()),
                        both(sum.reasoningTokens(), usage.reasoningTokens()));
    }

    /** What one round does not say does not hide what another one says. */
    private static @Nullable Long both(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one + other;
    }

    ModelChunk.Usage sum() {
        return sum;
    }

    boolean isEstimated() {
        return estimated;
    }
}
