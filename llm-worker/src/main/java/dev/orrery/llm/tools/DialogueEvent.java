package dev.orrery.llm.tools;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.deltas.ToolStep;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.turns.FailureCode;
import java.time.Instant;
import java.util.List;

/**
 * What happens in a {@link Dialogue}. Valid traces: rounds of any number of texts and restarts; in
 * every round but the last, steps of calls follow, and then {@link NextRound}; the last round ends
 * with exactly one {@link Answered} or {@link Failed}. The answer is all text but what a restart
 * has made void: that since the last {@link NextRound}, or since the beginning.
 */
public sealed interface DialogueEvent {

    /** The text of this round is void; that of the rounds before it holds. */
    record StartedOver(int attempt) implements DialogueEvent {}

    /** Further text. */
    record Said(ChainEvent.Text text) implements DialogueEvent {}

    /** A call for a tool stands otherwise than before. */
    record Stepped(ToolStep step) implements DialogueEvent {}

    /**
     * The model is told what came of its calls, and asked again. What was said so far holds.
     *
     * @param inputTokens of what it is sent, estimated
     */
    record NextRound(long inputTokens) implements DialogueEvent {}

    /**
     * There is an answer.
     *
     * @param step the one that brought its last round
     * @param usage of the answers of all rounds
     * @param estimated whether a provider did not say what a round has used
     * @param firstTokenAt when the first text of it came
     * @param traces of all rounds
     */
    record Answered(
            Step step,
            FinishReason finishReason,
            ModelChunk.Usage usage,
            boolean estimated,
            Instant firstTokenAt,
            List<CallTrace> traces,
            List<CalledTool> calls)
            implements DialogueEvent {}

    /** There will be no answer. */
    record Failed(FailureCode code, List<CallTrace> traces, List<CalledTool> calls)
            implements DialogueEvent {}
}
