package dev.orrery.pipeline.tuning;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The settings of one worker, as they change.
 *
 * <p>Thread safety: may be read and followed on any thread. Changes come from one thread at a time.
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
    public Runnable follow(Consumer<WorkerSettings> follower) {
        followers.add(follower);
        follower.accept(current);
        return () -> followers.remove(follower);
    }

    /** Puts these settings in force at once. */
    public void change(WorkerSettings next) {
        current = next;
        followers.forEach(follower -> follower.accept(next));
    }
}
