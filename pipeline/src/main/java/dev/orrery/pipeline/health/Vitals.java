package dev.orrery.pipeline.health;

import java.time.Duration;

/** What a running stage knows of its own health. Called on any thread; answers at once. */
public interface Vitals {

    /** Name of the stage. */
    String name();

    /** Whether it has been started and not stopped. */
    boolean isRunning();

    /** Whether records can arrive. */
    boolean isReading();

    /** Age of the oldest input in flight; zero when there is none. */
    Duration oldestOpen();

    /**
     * For how long inputs have waited although nothing was in flight and nobody held them back;
     * zero when they do not.
     */
    Duration stalledFor();

    /** Inputs begun and not done. */
    int inFlight();
}
