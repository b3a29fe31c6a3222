package dev.orrery.prompt.revisions;

import dev.orrery.events.PlannedAttempt;
import dev.orrery.prompt.template.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bot answers: an immutable revision, compiled. Safe to share between threads; the attempts
 * are Avro records that nobody may change.
 *
 * @param attempts the primary first, then the fallbacks; at least one
 * @param historyTurns the most earlier turns a prompt carries, 0 for none
 * @param promptTokenLimit the most tokens of a prompt that a turn's price was secured for
 * @param temperature null leaves it to the provider, as do {@code topP} and {@code topK}
 */
public record Revision(
        Template prompt,
        List<PlannedAttempt> attempts,
        int historyTurns,
        int promptTokenLimit,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens) {

    public Revision {
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("attempts: none (expected: at least the primary)");
        }
    }
}
