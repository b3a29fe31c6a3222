package dev.orrery.pipeline.consume;

import java.time.Duration;

/**
 * One member of a consumer group: where a stage's records come from, and where its progress is
 * kept. It heals itself: a reader that fails or stalls is replaced, with back-off, until {@link
 * #stop} is called.
 */
public interface RecordSource {

    /**
     * Joins the group and feeds the intake from a thread of its own, until stopped. Returns at
     * once.
     */
    void start(Intake intake);

    /**
     * Stops feeding, gives what is in flight this time to finish, commits, and leaves the group.
     * Blocks until then, and at most a few seconds longer than the drain time.
     */
    void stop(Duration drain);

    /**
     * Whether records can arrive: false while a failed reader is being replaced or when one does
     * not move.
     */
    boolean isAlive();
}
