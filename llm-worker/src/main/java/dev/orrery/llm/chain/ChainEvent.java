package dev.orrery.llm.chain;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.turns.FailureCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens while a chain is run. Valid traces: any number of begun calls, each with any number
 * of pieces, then exactly one {@link Answered} or {@link Failed}. The answer is the pieces since
 * the last call that started over, or since the beginning.
 */
public sealed interface ChainEvent {

    /**
     * A model is asked. Of one that is asked beside another it is told when the other has lost.
     *
     * @param startsOver whether an earlier call has shown something, which is void from now on
     */
    record CallBegan(int number, Step step, boolean startsOver) implements ChainEvent {}

    /** Something of the answer that is shown at once. */
    sealed interface Piece extends ChainEvent {}

    /**
     * Further text; the first one of a call has a visible character. May split a surrogate pair.
     *
     * @param bytes its length in UTF-8, counted once for all who count
     */
    record Text(String text, long bytes) implements Piece {

        public Text(String text) {
            this(text, TokenEstimate.bytes(text));
        }
    }

    /** A piece of a call for one of the conversation's tools; there are none where it has none. */
    record ToolFragment(ModelChunk.ToolFragment fragment) implements Piece {}

    /**
     * The chain has its answer.
     *
     * @param step the one that brought it
     * @param usage null when the provider did not say
     * @param firstTokenAt when its first text came
     */
    record Answered(
            Step step,
            FinishReason finishReason,
            ModelChunk.@Nullable Usage usage,
            Instant firstTokenAt,
            List<CallTrace> calls)
            implements ChainEvent {}

    /** There will be no answer. */
    record Failed(FailureCode code, List<CallTrace> calls) implements ChainEvent {}
}
