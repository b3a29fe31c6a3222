package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.FinishReason;

/** Why a model stopped, as Converse says it. */
final class StopReasons {

    private StopReasons() {}

    /** An unknown reason counts as a regular stop where there is something to show for it. */
    static FinishReason of(String wire, boolean hasText) {
        return switch (wire) {
            case "end_turn", "stop_sequence" -> FinishReason.STOP;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL;
            case "guardrail_intervened", "content_filtered" -> FinishReason.FILTERED;
            case "malformed_model_output", "malformed_tool_use" -> FinishReason.ERROR;
            default -> hasText ? FinishReason.STOP : FinishReason.ERROR;
        };
    }
}
