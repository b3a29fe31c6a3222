package dev.orrery.embedded.registry;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How far the reader of the log has come, for those who wait for it. Safe on any thread. */
final class ReadPosition {

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();

    private long next;

    private @Nullable String end;

    /** All records before this offset have been handed on. */
    void reached(long offset) {
        lock.lock();
        try {
            next = offset;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The reader has ended; whoever waits, now or later, is refused with this reason. */
    void ended(String reason) {
        lock.lock();
        try {
            end = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Blocks until all records before the offset have been handed on.
     *
     * @throws Refused if the reader has ended or the time-out has passed
     */
    void await(long offset, Duration timeout) {
        long remainingNanos = timeout.toNanos();
        lock.lock();
        try {
            while (next < offset) {
                if (end != null) {
                    throw Refused.storeFailed(end);
                }
                if (remainingNanos <= 0) {
                    throw Refused.storeTooSlow(
                            "read to %d of %d within %s".formatted(next, offset, timeout));
                }
                remainingNanos = awaitChange(remainingNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private long awaitChange(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Refused.storeFailed("interrupted");
        }
    }
}
