package dev.orrery.pipeline.tuning;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The settings of one worker, as they change.
 *
 * <p>Thread safety: may be read, followed and changed on any thread. A follower is told by one
 * thread at a time, and the last that it is told is what is in force.
 */
public final class LiveSettings {

    private final List<Consumer<WorkerSettings>> followers = new CopyOnWriteArrayList<>();
    private volatile WorkerSettings current;

    public LiveSettings(WorkerSettings initial) {
        this.current = initial;
    }

    public WorkerSettings current() {
        return current;
    }

    /**
     * Tells the follower what is in force now and, until it is removed, every change. It must not
     * block.
     */
    public synchronized Runnable follow(Consumer<WorkerSettings> follower) {
        followers.add(follower);
        follower.accept(current);
        return () -> followers.remove(follower);
    }

    /** Puts these settings in force at once. */
    public synchronized void change(WorkerSettings next) {
        current = next;
        followers.forEach(follower -> follower.accept(next));
    }
}
