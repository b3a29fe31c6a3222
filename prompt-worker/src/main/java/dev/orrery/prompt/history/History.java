package dev.orrery.prompt.history;

import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** What was said in the sessions. */
public interface History {

    /**
     * The newest completed turns of a session before one of its turns, oldest first. Earlier turns
     * have ended when a later one is accepted, so the answer is the same whenever it is asked for.
     *
     * <p>Fails with {@link dev.orrery.pipeline.stage.StageFailure.Transient} while the database is
     * away.
     *
     * @param sequence position of the turn; only lower ones are read
     * @param mostTurns the most turns, at least 1
     * @param mostBytes the most UTF-8 bytes of all texts together; the oldest turns that exceed it
     *     are left out whole
     */
    Mono<List<Exchange>> before(UUID session, int sequence, int mostTurns, long mostBytes);
}
