package dev.orrery.llm.scripted;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a model is to do when it is asked: the steps of one call, in order. Immutable. */
public record Script(List<Step> steps) {

    /** One thing a model does. */
    public sealed interface Step {

        /** It sends something. */
        record Send(ModelChunk chunk) implements Step {}

        /** It says nothing for a while. */
        record Pause(Duration length) implements Step {}

        /** It fails. */
        record Fail(ModelFailure failure) implements Step {}

        /** It says nothing any more, and keeps the stream open. */
        record Silence() implements Step {}
    }

    public Script {
        steps = List.copyOf(steps);
    }

    /** A model that answers with these pieces and a regular end. */
    public static Script answer(String... pieces) {
        return nothing().text(pieces).finish(FinishReason.STOP);
    }

    /** A model that fails at once. */
    public static Script failure(ModelFailure failure) {
        return nothing().fail(failure);
    }

    /** A stream that ends cleanly without a word; begin others with it. */
    public static Script nothing() {
        return new Script(List.of());
    }

    public Script text(String... pieces) {
        var script = this;
        for (var piece : pieces) {
            script = script.send(new ModelChunk.TextDelta(piece));
        }
        return script;
    }

    public Script usage(long inputTokens, long outputTokens) {
        return send(new ModelChunk.Usage(inputTokens, outputTokens, null, null));
    }

    public Script finish(FinishReason reason) {
        return send(new ModelChunk.Finished(reason));
    }

    public Script send(ModelChunk chunk) {
        return with(new Step.Send(chunk));
    }

    public Script pause(Duration length) {
        return with(new Step.Pause(length));
    }

    public Script fail(ModelFailure failure) {
        return with(new Step.Fail(failure));
    }

    public Script silence() {
        return with(new Step.Silence());
    }

    private Script with(Step step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new Script(longer);
    }
}
