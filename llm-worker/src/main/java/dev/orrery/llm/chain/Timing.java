package dev.orrery.llm.chain;

import org.jspecify.annotations.Nullable;

/**
 * How long a call took, by a monotonic clock.
 *
 * @param firstTokenMillis from the call to the first visible text or tool call; null when none came
 * @param tookMillis from the call to its end
 */
public record Timing(@Nullable Long firstTokenMillis, long tookMillis) {

    static final Timing NONE = new Timing(null, 0);
}
