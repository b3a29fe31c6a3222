package dev.orrery.prompt.summaries;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The summaries of the sessions, for whoever renders a turn. */
public interface Summaries {

    /**
     * The newest summary that stood when a turn was accepted; empty when there was none. The answer
     * is the same whenever it is asked for, unless the user has taken their data back since.
     *
     * <p>Fails with {@link dev.orrery.pipeline.stage.StageFailure.Transient} while the database is
     * away.
     *
     * @param sequence position of the turn
     */
    Mono<Recalled> before(UUID session, int sequence, Instant accepted);
}
