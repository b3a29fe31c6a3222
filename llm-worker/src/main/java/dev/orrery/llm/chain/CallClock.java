package dev.orrery.llm.chain;

import dev.orrery.llm.model.ModelFailure.TimedOut.Limit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When one call is late, and how long it takes. Times are those of one monotonic clock, in
 * nanoseconds.
 *
 * <p>Progress is told by one thread at a time; the questions may be asked by another.
 */
final class CallClock {

    private final Limits limits;
    private final long began;
    private final long deadline;
    private volatile boolean progressed;
    private volatile long lastProgress;
    private volatile boolean visible;
    private volatile long firstVisible;
    private volatile @Nullable Limit late;

    /**
     * @param deadline of the turn
     */
    CallClock(Limits limits, long began, long deadline) {
        this.limits = limits;
        this.began = began;
        this.deadline = deadline;
        this.lastProgress = began;
    }

    /** The model does something that counts. */
    void progress(long now) {
        lastProgress = now;
        progressed = true;
    }

    /** It does so by showing something. */
    void show(long now) {
        if (!visible) {
            firstVisible = now;
            visible = true;
        }
        progress(now);
    }

    boolean hasShown() {
        return visible;
    }

    /** Whether a limit has passed, which ends the call. */
    boolean isLate(long now) {
        late = overdue(now);
        return late != null;
    }

    /** The limit that has ended the call; null when none has. */
    @Nullable Limit late() {
        return late;
    }

    private @Nullable Limit overdue(long now) {
        if (now - deadline >= 0) {
            return Limit.DEADLINE;
        }
        if (now - began >= limits.total().toNanos()) {
            return Limit.TOTAL;
        }
        if (progressed) {
            return now - lastProgress >= limits.stall().toNanos() ? Limit.STALL : null;
        }
        return now - began >= limits.firstToken().toNanos() ? Limit.FIRST_TOKEN : null;
    }

    /**
     * How long nothing can become overdue, at least a millisecond. The first progress may come at
     * once, and a stall follow it; further progress only makes it longer.
     */
    long nanosToNextCheck(long now) {
        long stall = limits.stall().toNanos();
        long wait =
                progressed
                        ? lastProgress + stall - now
                        : Math.min(began + limits.firstToken().toNanos() - now, stall);
        long total = began + limits.total().toNanos() - now;
        return Math.max(
                TimeUnit.MILLISECONDS.toNanos(1), Math.min(wait, Math.min(total, deadline - now)));
    }

    Timing timing(long now) {
        return new Timing(
                visible ? TimeUnit.NANOSECONDS.toMillis(firstVisible - began) : null,
                TimeUnit.NANOSECONDS.toMillis(now - began));
    }
}
