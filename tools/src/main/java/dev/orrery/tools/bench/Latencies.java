package dev.orrery.tools.bench;

import java.util.Arrays;

/** Durations of one kind, in nanoseconds. Not thread safe. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
    }

    int count() {
        return count;
    }

    /**
     * The nearest-rank percentile in milliseconds.
     *
     * @param percent above 0 to 100
     */
    double millisAt(double percent) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.clamp(rank, 1, count) - 1] / 1e6;
    }
}
