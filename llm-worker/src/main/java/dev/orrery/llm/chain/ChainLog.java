package dev.orrery.llm.chain;

import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.ModelFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one chain leaves in the log: ids and codes, and nothing of what was said. */
record ChainLog(ChainRequest request) {

    private static final Logger log = LoggerFactory.getLogger(FallbackChain.class);

    void failed(Next.Call call, ModelFailure failure) {
        var provider = AtEndpoint.tag(call.step().provider());
        var who =
                call.step() == request.steps().getFirst()
                        ? "Primary provider"
                        : "Fallback " + provider + "/" + call.step().model();
        log.atWarn()
                .addKeyValue("correlation", request.correlation())
                .addKeyValue("provider", provider)
                .addKeyValue("model", call.step().model())
                .addKeyValue("call", call.number())
                .log("{} failed: {}", who, failure.getMessage());
    }

    void surrendered(Next.Surrender surrender, int calls) {
        log.atError()
                .addKeyValue("correlation", request.correlation())
                .addKeyValue("code", surrender.code().code())
                .addKeyValue("calls", calls)
                .log("All LLM providers failed");
    }

    /** An adapter fails with nothing else; should one do so, the chain goes on all the same. */
    ModelFailure classified(Throwable failure) {
        if (failure instanceof ModelFailure known) {
            return known;
        }
        log.error("BUG: an adapter failed", placeOf(failure));
        return new ModelFailure.MalformedResponse(
                "unforeseen " + failure.getClass().getSimpleName());
    }

    /** Where it happened, without the message: that may hold what the provider has said. */
    private static Throwable placeOf(Throwable failure) {
        var place = new Throwable(failure.getClass().getName());
        place.setStackTrace(failure.getStackTrace());
        return place;
    }
}
