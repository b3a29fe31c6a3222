package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.Undecodable;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

/** What happens around a handler, and with records that never reach one. */
public interface RecordPolicies {

    /**
     * The handler with every policy around it, for this one input. The result does not fail:
     * whatever goes wrong has been dealt with when it completes. Its events have been published.
     */
    <I extends SpecificRecord> StageHandler<I> around(Handling handling, StageHandler<I> handler);

    /**
     * Deals with a record whose bytes are no event; completes when that is done, however long it
     * takes.
     */
    Mono<Void> undecodable(Handling handling, Undecodable failure);
}
