package dev.orrery.llm.tools;

import dev.orrery.llm.deltas.ToolStep;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.pipeline.tool.CallState;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.tool.ToolHandler;
import org.jspecify.annotations.Nullable;

/**
 * A call that a model has made, and whether it can be carried out.
 *
 * @param round which time the model was asked, counted from 1 over the turn
 * @param id ours: not every provider gives one, and none knows of other rounds
 * @param name as the model has it
 * @param arguments JSON text, or what the model took for it
 * @param signature see {@link ToolCall}
 * @param errand what is to be done; null when it cannot be
 * @param refusal why it cannot be; null when it can
 */
record WantedCall(
        int round,
        String id,
        String name,
        String arguments,
        @Nullable String signature,
        @Nullable Errand errand,
        @Nullable ToolFailure refusal) {

    private static final String NAMELESS = "unknown";
    private static final String NO_ARGUMENTS = "{}";

    @Nullable ToolHandler handler() {
        return errand == null ? null : errand.handler();
    }

    /** Whether nobody but the app will hear of a result. */
    boolean isForApp() {
        return handler() == ToolHandler.APP;
    }

    ToolStep called() {
        return new ToolStep(id, name, arguments, CallState.CALLED);
    }

    CalledTool ended(String result, String outcome, long tookMillis) {
        return new CalledTool(round, id, name, arguments, result, outcome, tookMillis);
    }

    /**
     * As the conversation goes on with it: providers take what is well formed, and nothing else.
     */
    ToolCall asSaid() {
        var called = Tool.NAME.matcher(name).matches() ? name : NAMELESS;
        try {
            return new ToolCall(id, called, arguments, signature);
        } catch (IllegalArgumentException unreadable) { // of which the model is told in its result
            return new ToolCall(id, called, NO_ARGUMENTS, signature);
        }
    }
}
