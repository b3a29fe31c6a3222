package dev.orrery.llm.anthropic;

import dev.orrery.llm.model.FinishReason;

/** Why a model stopped, as a message says it. */
final class StopReasons {

    private StopReasons() {}

    /** An unknown reason counts as a regular stop where there is something to show for it. */
    static FinishReason of(String wire, boolean hasSaid) {
        return switch (wire) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL;
            case "refusal" -> FinishReason.FILTERED;
            default -> hasSaid ? FinishReason.STOP : FinishReason.ERROR;
        };
    }
}
