package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.answer.AnswerCollector;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.request.Generation.Question;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whose turn it is to answer a request. */
public sealed interface Claim {

    /** Nobody's: it was answered before, so. */
    record Known(Outcome.Answered answer) implements Claim {}

    /**
     * The caller's. What comes of it is kept, where it is an answer, before it is told; whatever
     * else it comes to, breaking off included, lets others try.
     *
     * @param waited how long it took to know that
     */
    record Fresh(Promise promise, Duration waited) implements Claim {

        /** An answer in one piece. */
        public Mono<Outcome> keeping(Mono<Outcome> chain) {
            return chain.flatMap(outcome -> promise.end(outcome).thenReturn(outcome))
                    .onErrorResume(failure -> promise.giveUp().then(Mono.error(failure)))
                    .doOnCancel(() -> promise.giveUp().subscribe());
        }

        /** An answer as it comes. */
        public Flux<ChainEvent> keeping(Question question, Flux<ChainEvent> chain) {
            if (promise == Promise.TO_NOBODY) {
                return chain; // nothing of it has to be collected
            }
            return Flux.defer(() -> {
                var collector = new AnswerCollector(question);
                return chain.concatMap(
                                event -> {
                                    var outcome = collector.add(event);
                                    return outcome == null
                                            ? Mono.just(event)
                                            : promise.end(outcome).thenReturn(event);
                                })
                        .onErrorResume(failure -> promise.giveUp().then(Mono.error(failure)))
                        .doOnCancel(() -> promise.giveUp().subscribe());
            });
        }
    }

    /**
     * What others wait for. Neither method fails, nor blocks; only the first call of one counts.
     */
    interface Promise {

        /** Of a request that has no name, or that nobody can be told of. */
        Promise TO_NOBODY =
                new Promise() {
                    @Override
                    public Mono<Void> end(Outcome outcome) {
                        return Mono.empty();
                    }

                    @Override
                    public Mono<Void> giveUp() {
                        return Mono.empty();
                    }
                };

        Mono<Void> end(Outcome outcome);

        Mono<Void> giveUp();
    }
}
