package dev.orrery.pipeline.policy;

import dev.orrery.events.TurnRef;
import dev.orrery.turns.FailureCode;
import reactor.core.publisher.Mono;

/**
 * Ends a turn that a stage cannot bring to an answer, so that its user is told and its hold is
 * released.
 */
@FunctionalInterface
public interface GiveUp {

    /**
     * Asks the turn's row to end as failed with this code, and announces whatever end the row has
     * by then. Idempotent. Completes when the announcement is acknowledged; a turn that is not
     * known completes as well, there is nobody to tell. A failure means that the turn may still be
     * open: the caller asks again.
     */
    Mono<Void> giveUp(TurnRef turn, FailureCode code);
}
