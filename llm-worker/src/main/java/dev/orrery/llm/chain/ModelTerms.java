package dev.orrery.llm.chain;

import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.Models;
import org.jspecify.annotations.Nullable;

/**
 * What the models of this process can do for one chain.
 *
 * @param hasTools whether the conversation has tools
 * @param toolsRequired whether a model without them is passed over, see {@link Conduct}
 */
record ModelTerms(Models models, boolean hasTools, boolean toolsRequired) implements Course.Terms {

    static ModelTerms of(Models models, ChainRequest request) {
        return new ModelTerms(
                models, request.conversation().hasTools(), request.conduct().toolsRequired());
    }

    @Override
    public @Nullable String bar(Step step) {
        if (step.barred() != null) {
            return step.barred();
        }
        if (models.of(step.provider()).isEmpty()) {
            return AtEndpoint.endpoint(step.provider()) == null
                    ? CallTrace.PROVIDER_UNAVAILABLE
                    : CallTrace.ENDPOINT_REFUSED;
        }
        return toolsRequired && dropsTools(step) ? CallTrace.TOOLS_UNSUPPORTED : null;
    }

    @Override
    public @Nullable String restriction(Step step) {
        return dropsTools(step) ? CallTrace.TOOLS_DROPPED : null;
    }

    /** Whether the step is to be asked without tools, if at all. */
    boolean dropsTools(Step step) {
        return hasTools && !models.takesTools(step.provider());
    }
}
