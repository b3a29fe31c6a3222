package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.gateway.request.Generation.Question;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer that was given before, as the events of a chain that gives it. */
public final class Replay {

    private Replay() {}

    /**
     * @param now stands for when its text came
     */
    public static List<ChainEvent> of(Outcome.Answered answer, Question question, Instant now) {
        var step =
                new Step(
                        answer.provider(),
                        answer.model(),
                        null,
                        0,
                        question.primary().limits(),
                        question.primary().streamed(),
                        null);
        var events = new ArrayList<ChainEvent>();
        events.add(
                new ChainEvent.CallBegan(
                        CallTrace.answering(answer.calls()).number(), step, false));
        if (!answer.text().isEmpty()) {
            events.add(new ChainEvent.Text(answer.text()));
        }
        for (int i = 0; i < answer.toolCalls().size(); i++) {
            var call = answer.toolCalls().get(i);
            events.add(
                    new ChainEvent.ToolFragment(
                            new ModelChunk.ToolFragment(
                                    i,
                                    call.id(),
                                    call.name(),
                                    call.arguments(),
                                    call.signature())));
        }
        events.add(
                new ChainEvent.Answered(step, reason(answer), stated(answer), now, answer.calls()));
        return events;
    }

    private static FinishReason reason(Outcome.Answered answer) {
        return FinishReason.valueOf(answer.finishReason().toUpperCase(Locale.ROOT));
    }

    /** What was estimated is estimated again, out of the same texts. */
    private static ModelChunk.@Nullable Usage stated(Outcome.Answered answer) {
        var usage = answer.usage();
        return usage.estimated()
                ? null
                : new ModelChunk.Usage(
                        usage.inputTokens(),
                        usage.outputTokens(),
                        usage.cachedInputTokens(),
                        usage.reasoningTokens());
    }
}
