package dev.orrery.llm.gateway.reuse;

import dev.orrery.llm.gateway.request.Generation.Question;
import org.jspecify.annotations.Nullable;

/**
 * A question and who asks it. Nobody is given an answer that was made for somebody else.
 *
 * @param requestId null for a question that may be asked more than once
 * @param startsOver whether the one who asks is ready for an answer that starts over on its way
 */
public record Asked(
        String service,
        @Nullable String user,
        @Nullable String requestId,
        Question question,
        boolean startsOver) {

    /** The same question, whatever it is called. */
    Asked unnamed() {
        return new Asked(service, user, null, question, startsOver);
    }

    /** The same question, whatever it is called and however its answer comes about. */
    Asked settled() {
        return new Asked(service, user, null, question, true);
    }
}
