package dev.orrery.prompt.summaries;

import dev.orrery.pipeline.gateway.GenerateRequest;
import dev.orrery.pipeline.gateway.Generated;
import reactor.core.publisher.Mono;

/** Whoever has models asked. */
@FunctionalInterface
interface Models {

    /**
     * Asks once per subscription; a repeat of a request is answered as it was before. Fails with a
     * {@link dev.orrery.pipeline.gateway.GatewayFailure} and nothing else.
     */
    Mono<Generated> generate(GenerateRequest request);
}
