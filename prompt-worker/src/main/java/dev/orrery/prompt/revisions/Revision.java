package dev.orrery.prompt.revisions;

import dev.orrery.prompt.template.Template;
import org.jspecify.annotations.Nullable;

/**
 * How a bot answers: an immutable revision, compiled. Safe to share between threads.
 *
 * @param chain whom it wants to be asked
 * @param historyTurns the most earlier turns a prompt carries, 0 for none
 * @param promptTokenLimit the most tokens of a prompt that a turn's price was secured for
 * @param temperature null leaves it to the provider, as do {@code topP} and {@code topK}
 */
public record Revision(
        Template prompt,
        Chain chain,
        int historyTurns,
        int promptTokenLimit,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens) {}
