package dev.orrery.pipeline.trial;

import java.util.List;

/**
 * A promise of the pipeline that watches a run and can say afterwards, or at any time, whether it
 * was kept.
 *
 * <p>Thread safety: every method may be called on any thread. The calls about one event come in the
 * order in which things happened: {@code started} before {@code finished} or {@code abandoned}.
 */
public interface Guarantee {

    /** The promise, as a statement. */
    String statement();

    /** The broker has acknowledged an event. May come after the event has been handled. */
    default void onSent(Sent event) {}

    /** A handler begins with an event. */
    default void onStarted(Sighting event) {}

    /** A handler has done all its work for an event. */
    default void onFinished(Sighting event) {}

    /** An event was put into the dead letters: it has no effect, and that was its handling. */
    default void onBuried(Sighting event) {}

    /**
     * The effect of an event was found in the log. Comes in the order of the log, repeats included.
     */
    default void onWritten(String key, int sequence) {}

    /** A handler was cancelled, or failed, before it was done. */
    default void onAbandoned(Sighting event) {}

    /** A partition was given to a member; what was not committed before may come again. */
    default void onAssigned(int partition, String member) {}

    /**
     * The group was seen to have committed this offset: it would not read anything before it again.
     */
    default void onCommitted(int partition, long offset) {}

    /**
     * What broke the promise so far, in words; empty when it was kept. At most a few dozen lines.
     */
    List<String> violations();
}
