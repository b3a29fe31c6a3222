package dev.orrery.llm.gateway;

import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.gateway.audit.AuditEntry;
import dev.orrery.llm.gateway.repeats.NamedRequest;
import dev.orrery.llm.gateway.request.Generation;
import dev.orrery.llm.gateway.reuse.Asked;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.gateway.tokens.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A call that is understood and allowed.
 *
 * @param user on whose behalf, whoever says so; null when nobody does
 * @param bodyHash tells its body from others
 * @param trace of its service; null when it has none
 */
record ReceivedCall(
        Generation generation,
        Caller caller,
        @Nullable String user,
        String bodyHash,
        @Nullable TraceParent trace,
        AuditEntry entry) {

    Generation.Question question() {
        return generation.question();
    }

    Origin.Client client() {
        return new Origin.Client(caller.service(), user, entry.requestId());
    }

    Asked asked() {
        return new Asked(
                caller.service(),
                user,
                generation.requestId(),
                question(),
                generation.conduct().startsOver());
    }

    /** As its service names it; null when it does not. */
    @Nullable NamedRequest named() {
        var id = generation.requestId();
        return id == null ? null : NamedRequest.of(caller.service(), id, bodyHash, user);
    }
}
