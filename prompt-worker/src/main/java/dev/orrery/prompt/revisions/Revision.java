package dev.orrery.prompt.revisions;

import dev.orrery.events.Fact;
import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.safety.Safety;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bot answers: an immutable revision, compiled. Safe to share between threads.
 *
 * @param chain whom it wants to be asked
 * @param safety how it wants texts to be checked
 * @param historyTurns the most earlier turns a prompt carries, 0 for none
 * @param promptTokenLimit the most tokens of a prompt that a turn's price was secured for
 * @param temperature null leaves it to the provider, as do {@code topP} and {@code topK}
 */
public record Revision(
        Prompt prompt,
        PromptOptions options,
        Chain chain,
        Safety safety,
        int historyTurns,
        int promptTokenLimit,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens) {

    /** Whether long sessions are to be summarised: it is wished for, and the prompt shows it. */
    public boolean wantsSummaries() {
        return options.summary().enabled() && prompt.wantsSummary();
    }

    /**
     * The most history that a prompt of this revision carries beside this message and these facts.
     */
    public HistoryWindow window(String message, List<Fact> facts) {
        return HistoryWindow.of(prompt, options, historyTurns, promptTokenLimit, message, facts);
    }
}
