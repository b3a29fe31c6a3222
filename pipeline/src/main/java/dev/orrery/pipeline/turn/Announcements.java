package dev.orrery.pipeline.turn;

import reactor.core.publisher.Mono;

/** Tells the world how a turn ended, from its row and from nothing else. */
public interface Announcements {

    /**
     * Publishes the outcome and the terminal reply of a turn that has ended, and notes in the row
     * that both stand in their topics. Idempotent: the events have the same ids each time.
     * Completes when the broker has acknowledged both; the note in the row is not waited for. Must
     * only be called with a row that is committed.
     */
    Mono<Void> announce(TurnRow ended);
}
