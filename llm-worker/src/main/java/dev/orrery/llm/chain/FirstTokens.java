package dev.orrery.llm.chain;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long the last calls of one model took to their first token. Thread-safe. */
final class FirstTokens {

    private static final double SHARE = 0.95;

    private final long[] millis;
    private int next;
    private int count;

    /**
     * @param window how many of them are remembered, 1 or more
     */
    FirstTokens(int window) {
        this.millis = new long[window];
    }

    synchronized void add(long took) {
        millis[next] = took;
        next = (next + 1) % millis.length;
        count = Math.min(count + 1, millis.length);
    }

    /** The time that 95 of 100 kept, by nearest rank; null while there are fewer than so many. */
    @Nullable Duration percentile95(int least) {
        long[] sorted;
        synchronized (this) {
            if (count < least || count == 0) {
                return null;
            }
            sorted = Arrays.copyOf(millis, count);
        }
        Arrays.sort(sorted);
        return Duration.ofMillis(sorted[(int) Math.ceil(SHARE * sorted.length) - 1]);
    }
}
