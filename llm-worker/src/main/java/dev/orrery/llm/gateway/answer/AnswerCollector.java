package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.request.Generation.Question;
import org.jspecify.annotations.Nullable;

/**
 * Joins the events of one chain to its outcome; the answer is always the last call's alone. Used by
 * one signal at a time, though on changing threads.
 */
public final class AnswerCollector {

    private final Question question;
    private final StringBuilder text = new StringBuilder();
    private final ToolCalls tools = new ToolCalls();

    public AnswerCollector(Question question) {
        this.question = question;
    }

    /** Takes the next event; the outcome with the last one, null before. */
    public @Nullable Outcome add(ChainEvent event) {
        return switch (event) {
            case ChainEvent.CallBegan ignored -> forget();
            case ChainEvent.Text piece -> take(piece);
            case ChainEvent.ToolFragment piece -> take(piece);
            case ChainEvent.Answered answered ->
                    Outcome.Answered.of(question, answered, text.toString(), tools.joined());
            case ChainEvent.Failed failed -> new Outcome.Failed(failed.code(), failed.calls());
        };
    }

    private @Nullable Outcome forget() {
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
