package dev.orrery.llm.tools.facts;

import dev.orrery.llm.tools.Errand;
import dev.orrery.llm.tools.ToolFailure;
import reactor.core.publisher.Mono;

/** Where there is nobody to be asked. */
record NoFacts() implements Facts {

    @Override
    public Mono<String> carryOut(Errand errand) {
        return Mono.error(() ->
                new ToolFailure(
                        ToolFailure.Reason.UNAVAILABLE, "nobody can be asked for this here"));
    }

    @Override
    public void close() {}
}
