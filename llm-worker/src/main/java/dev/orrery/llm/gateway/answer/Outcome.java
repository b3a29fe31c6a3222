package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.request.Generation.Question;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.pipeline.turn.StorableText;
import dev.orrery.turns.FailureCode;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a chain ended. */
public sealed interface Outcome {

    List<CallTrace> calls();

    /**
     * With an answer.
     *
     * @param provider the code that the request named
     * @param text well-formed; empty only where there are calls for tools
     */
    record Answered(
            String provider,
            String model,
            String finishReason,
            String text,
            List<ToolCall> toolCalls,
            Usage usage,
            List<CallTrace> calls)
            implements Outcome {

        public Answered {
            toolCalls = List.copyOf(toolCalls);
        }

        static Answered of(
                Question question,
                ChainEvent.Answered answered,
                String text,
                List<ToolCall> toolCalls) {
            return new Answered(
                    AtEndpoint.provider(answered.step().provider()),
                    answered.step().model(),
                    answered.finishReason().wireName(),
                    StorableText.of(text),
                    toolCalls,
                    Usage.of(answered.usage(), question.conversation(), text, toolCalls),
                    answered.calls());
        }

        /** UTF-16 units of all texts. */
        public int size() {
            return text.length() + toolCalls.stream().mapToInt(ToolCall::size).sum();
        }
    }

    /** Without one. */
    record Failed(FailureCode code, List<CallTrace> calls) implements Outcome {}

    /** The end of a chain, whose answer is collected meanwhile. */
    static Mono<Outcome> of(Question question, Flux<ChainEvent> chain) {
        return Mono.defer(() -> {
            var collector = new AnswerCollector(question);
            return chain.mapNotNull(collector::add).single();
        });
    }
}
