package dev.orrery.pipeline.consume;

import reactor.core.publisher.Mono;

/** Where a group puts the records that it can never handle. */
@FunctionalInterface
public interface DeadLetters {

    /**
     * Writes a letter to the dead-letter topic of its group. Completes when the broker has
     * acknowledged it. May be called again with the same letter after a crash; readers tell repeats
     * apart by origin and offset.
     */
    Mono<Void> bury(DeadLetter letter);
}
