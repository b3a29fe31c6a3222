package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.request.Generation.Question;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the events of one chain to its outcome; the answer is always the last call's alone. Used by
 * one signal at a time, though on changing threads.
 */
public final class AnswerCollector {

    private final Question question;
    private final StringBuilder text = new StringBuilder();
    private final ToolCalls tools = new ToolCalls();
    private ChainEvent.@Nullable CallBegan call;

    public AnswerCollector(Question question) {
        this.question = question;
    }

    /** Takes the next event; the outcome with the last one, null before. */
    public @Nullable Outcome add(ChainEvent event) {
        return switch (event) {
            case ChainEvent.CallBegan begun -> begin(begun);
            case ChainEvent.Text piece -> take(piece);
            case ChainEvent.ToolFragment piece -> take(piece);
            case ChainEvent.Answered answered ->
                    Outcome.Answered.of(question, answered, text.toString(), tools.joined());
            case ChainEvent.Failed failed -> new Outcome.Failed(failed.code(), failed.calls());
        };
    }

    /**
     * What the call that is answering has shown so far, told in as few events as may be; nothing of
     * calls before it, which are void.
     */
    public List<ChainEvent> soFar() {
        var events = new ArrayList<ChainEvent>();
        if (call != null) {
            events.add(new ChainEvent.CallBegan(call.number(), call.step(), false));
        }
        if (!text.isEmpty()) {
            events.add(new ChainEvent.Text(text.toString()));
        }
        tools.soFar().forEach(piece -> events.add(new ChainEvent.ToolFragment(piece)));
        return events;
    }

    private @Nullable Outcome begin(ChainEvent.CallBegan begun) {
        call = begun;
        text.setLength(0);
        tools.forget();
        return null;
    }

    private @Nullable Outcome take(ChainEvent.Text piece) {
        text.append(piece.text());
        return null;
    }

    private @Nullable Outcome take(ChainEvent.ToolFragment piece) {
        tools.add(piece.fragment());
        return null;
    }
}
