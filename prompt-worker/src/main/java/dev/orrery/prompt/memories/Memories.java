package dev.orrery.prompt.memories;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** The users' memories. */
public interface Memories {

    /**
     * What the user wanted to be remembered up to an instant, oldest first, the newest hundred of
     * them. They make an answer warmer and are never in its way: what cannot be read in time is as
     * if it was not there, and the {@code Mono} does not fail.
     */
    Mono<List<String>> of(String user, Instant upTo);
}
