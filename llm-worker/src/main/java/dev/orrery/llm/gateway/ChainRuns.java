package dev.orrery.llm.gateway;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.FallbackChain;
import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.chain.Spenders;
import dev.orrery.llm.gateway.request.Generation;
import dev.orrery.pipeline.event.TraceParent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Runs the chain of a question. */
final class ChainRuns {

    private final FallbackChain chain;

    ChainRuns(FallbackChain chain) {
        this.chain = chain;
    }

    /**
     * Once per subscription, see {@link FallbackChain#run}.
     *
     * @param waited how much of the question's time has gone by
     * @param client whom the cost is counted for, and of whom spans tell
     * @param trace of the client; null when it has none
     */
    Flux<ChainEvent> of(
            Generation generation,
            Duration waited,
            Origin.Client client,
            @Nullable TraceParent trace) {
        var question = generation.question();
        return chain.run(
                new ChainRequest(
                        client.requestId(),
                        question.conversation(),
                        question.steps(),
                        1,
                        question.patience().minus(waited),
                        generation.conduct(),
                        Spenders.service(client.service()),
                        Origin.of(client, trace)));
    }
}
