package dev.orrery.pipeline.turn;

import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rows of the turns, moved by the SQL functions of the schemas module and in no other way.
 *
 * <p>Thread safety: all methods may be called on any thread; none blocks. Calls that wait while a
 * statement of their kind is in flight travel together in the next one. A database that is away
 * shows as {@link dev.orrery.pipeline.stage.StageFailure.Transient}.
 */
public interface Turns {

    /** Asks for a turn on behalf of a run; asking again for what the run holds keeps its epochs. */
    Mono<RunGrant> begin(UUID turn, UUID run);

    /**
     * Renews the leases of these runs; emits the turns that were lost or have ended, whose calls
     * are to be stopped.
     */
    Flux<UUID> renew(Collection<RunProgress> runs);

    /** Ends a turn. Durable when it completes; calling it again gives the same row. */
    Mono<FinishVerdict> finish(UUID turn, Finish finish);

    /** Notes that the turn's request stands in its topic. */
    Mono<Void> requestPublished(UUID turn);

    /** Notes that the turn's outcome and terminal reply stand in their topics. */
    Mono<Void> outcomePublished(UUID turn);

    /**
     * How far a run has come.
     *
     * @param inputTokens of the prompt, estimated if need be
     * @param outputTokens delivered so far, estimated if need be; above 0 as soon as a text was
     *     visible
     */
    record RunProgress(UUID turn, UUID run, long inputTokens, long outputTokens) {}
}
