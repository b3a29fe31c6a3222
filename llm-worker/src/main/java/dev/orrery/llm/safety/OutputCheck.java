package dev.orrery.llm.safety;

import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * Looks at what models answer: the rules while it comes, see {@link CheckedAnswer}, and a model,
 * where one is named, when all of it is there.
 */
record OutputCheck(Check check, Verdicts verdicts, Judge judge, Clock clock, Ticker ticker) {

    boolean isOn() {
        return check.isOn();
    }

    /** What a chain tells, as far as it may be shown; broken off where it may not. */
    Flux<ChainEvent> checked(Chain chain, ChainRequest request, Marks marks) {
        return Flux.defer(() -> new Answer(request, marks).of(chain));
    }

    private final class Answer {

        private final ChainRequest request;
        private final Marks marks;
        private final long beganAt = ticker.now();
        private final HeldText text = new HeldText(check.phrases(), check.model().isPresent());

        Answer(ChainRequest request, Marks marks) {
            this.request = request;
            this.marks = marks;
        }

        Flux<ChainEvent> of(Chain chain) {
            var answer = new CheckedAnswer(text, ticker);
            return chain.run(request)
                    .concatMapIterable(answer::pass)
                    .concatMap(this::settled, 1)
                    .takeUntil(ChainEvent.Failed.class::isInstance); // breaks off what goes on
        }

        /** What the rules came to is known at the end; then the model is asked. */
        private Flux<ChainEvent> settled(ChainEvent event) {
            return switch (event) {
                case ChainEvent.Answered answered -> passed(answered);
                case ChainEvent.Failed failed -> Flux.just(failed(failed));
                case ChainEvent.CallBegan began -> Flux.just(began);
                case ChainEvent.Piece piece -> Flux.just(piece);
            };
        }

        private ChainEvent failed(ChainEvent.Failed failed) {
            if (text.ruling() instanceof Ruling.Found found) {
                verdicts.byRules(Side.OUTPUT, found);
                return marks.refused(Side.OUTPUT, found.category(), failed.calls());
            }
            return failed;
        }

        private Flux<ChainEvent> passed(ChainEvent.Answered answered) {
            if (!check.phrases().isEmpty()) {
                verdicts.byRules(Side.OUTPUT, new Ruling.Passed());
            }
            if (check.model().isEmpty() || text.text().isBlank()) {
                return Flux.just(answered); // of calls for tools, for example
            }
            var took = Duration.ofNanos(ticker.now() - beganAt);
            return judge.judge(
                            Side.OUTPUT,
                            check.model().get(),
                            text.text(),
                            request.origin(),
                            request.patience().minus(took))
                    .flatMapIterable(ruling -> judged(ruling, answered));
        }

        private List<ChainEvent> judged(Ruling ruling, ChainEvent.Answered answered) {
            return switch (ruling) {
                case Ruling.Passed ignored -> shown(answered);
                case Ruling.Found found ->
                        List.of(marks.refused(Side.OUTPUT, found.category(), answered.calls()));
                case Ruling.Unjudged ignored ->
                        check.refusesUnjudged()
                                ? List.of(marks.unjudged(Side.OUTPUT, answered.calls()))
                                : shown(answered);
            };
        }

        /** All of the answer is seen now, and nothing of it was before. */
        private List<ChainEvent> shown(ChainEvent.Answered answered) {
            var seen =
                    new ChainEvent.Answered(
                            answered.step(),
                            answered.finishReason(),
                            answered.usage(),
                            clock.instant(),
                            answered.calls());
            return Stream.concat(text.everything().stream(), Stream.of(seen)).toList();
        }
    }
}
