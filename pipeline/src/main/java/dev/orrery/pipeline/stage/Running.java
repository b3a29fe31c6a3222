package dev.orrery.pipeline.stage;

/**
 * A stage that can be run.
 *
 * <p>Thread safety: all methods may be called on any thread, but not on an event loop.
 */
public interface Running {

    /** Name of the stage. */
    String name();

    /** Begins to read; returns at once. A second call does nothing. */
    void start();

    /**
     * Ends: nothing more is begun, what is in flight has the drain time to finish and is cancelled
     * after it, offsets are committed, the group is left. Blocks until then. A second call does
     * nothing; a stopped stage can be started again.
     */
    void stop();

    boolean isRunning();
}
