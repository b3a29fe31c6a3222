package dev.orrery.llm.chain;

import reactor.core.publisher.Flux;

/**
 * Something that asks models until there is an answer: {@link FallbackChain}, or a layer around it.
 *
 * <p>Thread safety: any number of requests at once, on any thread; never blocks.
 */
@FunctionalInterface
public interface Chain {

    /**
     * Runs once per subscription, see {@link ChainEvent} for what it tells. Ends with one answer or
     * one failure; does not fail itself. Cancelling breaks off whatever is going on.
     */
    Flux<ChainEvent> run(ChainRequest request);
}
