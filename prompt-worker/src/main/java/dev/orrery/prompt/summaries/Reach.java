package dev.orrery.prompt.summaries;

import dev.orrery.prompt.revisions.Revision;
import java.util.List;

/**
 * Which turns of a session are due to be summed up: those older than the newest ones that are kept
 * as they were said, once there are enough of them.
 *
 * <p>Fewer are kept than a history shows. A history of 20 turns that are summed up 10 at a time
 * keeps 10, so it grows to 20 again until the next summary, and no turn leaves it before it is
 * covered.
 *
 * @param keptTurns the newest turns, which are not summed up, 0 or more
 * @param keptBytes the most UTF-8 bytes of them
 * @param dueTurns how many there have to be besides, at least 1
 * @param mostBytes the most UTF-8 bytes that are summed up at once, the oldest first; one turn at
 *     least
 */
record Reach(int keptTurns, long keptBytes, int dueTurns, long mostBytes) {

    /** About 25,000 tokens: more is worse read by models, and the rest has its turn soon after. */
    private static final long MOST_BYTES = 100_000;

    static Reach of(Revision revision) {
        var every = revision.options().summary().everyTurns();
        var window = revision.window("", List.of());
        return window.isClosed()
                ? new Reach(0, MOST_BYTES, every, MOST_BYTES)
                : new Reach(
                        Math.max(0, window.mostTurns() - every),
                        window.mostBytes() / 2,
                        every,
                        MOST_BYTES);
    }
}
