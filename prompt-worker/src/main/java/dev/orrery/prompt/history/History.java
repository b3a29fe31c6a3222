package dev.orrery.prompt.history;

import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.variables.Exchange;
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
     * @param window what fits; not closed
     */
    Mono<List<Exchange>> before(UUID session, int sequence, HistoryWindow window);
}
