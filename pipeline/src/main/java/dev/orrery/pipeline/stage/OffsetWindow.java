package dev.orrery.pipeline.stage;

import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Which offsets of a partition are done, from the oldest open one to the newest received: one bit
 * an offset, in a ring. What may be committed is the end of the contiguous prefix of done offsets,
 * and nothing beyond it.
 *
 * <p>Valid traces: {@code received 5, received 6, done 6, done 5} commits 7; a gap in the log
 * ({@code received 5, received 9}) counts as done. Invalid, and answered with an exception: an
 * offset received twice or backwards (regress), an offset done twice or never received, and a
 * distance between oldest open and newest received that the window cannot hold (overflow).
 *
 * <p>Not thread-safe; {@link OpenPartition} guards it.
 */
final class OffsetWindow {

    private static final long NONE = -1;

    private final int capacity;
    private final BitSet done;

    /** The oldest offset that is not done; equal to {@link #next} when everything is. */
    private long oldest = NONE;

    /** The offset after the newest received one. */
    private long next = NONE;

    OffsetWindow(int capacity) {
        this.capacity = capacity;
        this.done = new BitSet(capacity);
    }

    void received(long offset) {
        if (offset < next || offset < 0) {
            throw new IllegalStateException(
                    "Offset regressed: " + offset + " (expected: >= " + next + ")");
        }
        if (oldest == next) {
            oldest = offset; // nothing is open, so whatever lies between is not ours to wait for
        } else if (offset - oldest >= capacity) {
            throw new IllegalStateException(
                    "Offset window overflowed: "
                            + offset
                            + " (expected: < "
                            + (oldest + capacity)
                            + ")");
        } else {
            for (long missing = next; missing < offset; missing++) {
                done.set(place(missing));
            }
        }
        next = offset + 1;
    }

    void done(long offset) {
        if (offset < oldest || offset >= next || done.get(place(offset))) {
            throw new IllegalStateException(
                    "BUG: offset done that is not open: "
                            + offset
                            + " (window: "
                            + oldest
                            + " to "
                            + next
                            + ")");
        }
        done.set(place(offset));
        while (oldest < next && done.get(place(oldest))) {
            done.clear(place(oldest));
            oldest++;
        }
    }

    /**
     * The offset to go on from: everything received before it is done. Empty before the first
     * record.
     */
    OptionalLong prefixEnd() {
        return oldest == NONE ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** How many more offsets fit. */
    int room() {
        return capacity - (int) (next - oldest);
    }

    private int place(long offset) {
        return (int) (offset % capacity);
    }
}
