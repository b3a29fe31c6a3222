package dev.orrery.llm.gateway;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.chain.Spenders;
import dev.orrery.llm.gateway.request.Generation.Question;
import reactor.core.publisher.Flux;

/** Runs the chain of a question. */
final class ChainRuns {

    private static final String CORRELATION = "gateway";

    private final FallbackChain chain;

    ChainRuns(FallbackChain chain) {
        this.chain = chain;
    }

    /**
     * Once per subscription, see {@link FallbackChain#run}.
     *
     * @param service whom the cost is counted for
     */
    Flux<ChainEvent> of(Question question, String service) {
        return chain.run(
                new ChainRequest(
                        CORRELATION,
                        question.conversation(),
                        question.steps(),
                        1,
                        question.patience(),
                        question.conduct(),
                        Spenders.service(service),
                        Origin.UNKNOWN));
    }
}
