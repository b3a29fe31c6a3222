package dev.orrery.llm.chain;

import reactor.core.publisher.Flux;

/**
 * Something that answers what a chain was asked: a chain, or a layer around one.
 *
 * <p>Thread safety: any number of requests at once, on any thread; never blocks.
 */
@FunctionalInterface
public interface Dialogue {

    /**
     * Runs once per subscription, see {@link ChainEvent} for what it tells. Ends with one answer or
     * one failure; does not fail itself. Cancelling breaks off whatever is going on.
     */
    Flux<ChainEvent> run(ChainRequest request);
}
