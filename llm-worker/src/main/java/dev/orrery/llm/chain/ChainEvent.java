package dev.orrery.llm.chain;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.turns.FailureCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens while a chain is run. Valid traces: any number of begun calls, each with any number
 * of texts, then exactly one {@link Answered} or {@link Failed}. The answer is the text since the
 * last call that started over, or since the beginning.
 */
public sealed interface ChainEvent {

    /**
     * A model is asked.
     *
     * @param startsOver whether text of an earlier call was shown, which is void from now on
     */
    record CallBegan(int number, boolean startsOver) implements ChainEvent {}

    /**
     * Further text; the first one of a call has a visible character. May split a surrogate pair.
     */
    record Text(String text) implements ChainEvent {}

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
