package dev.orrery.prompt.history;

import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.variables.Exchange;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** {@link History} that can also be read in pieces. */
public interface HistoryRows extends History {

    /**
     * As {@link #before}, of the turns behind one of them.
     *
     * @param after only turns of a higher sequence are read; 0 for all
     */
    Mono<List<Exchange>> between(UUID session, int after, int sequence, HistoryWindow window);

    @Override
    default Mono<List<Exchange>> before(UUID session, int sequence, HistoryWindow window) {
        return between(session, 0, sequence, window);
    }
}
