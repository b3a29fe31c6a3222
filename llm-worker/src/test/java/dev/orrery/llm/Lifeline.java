package dev.orrery.llm;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.FinishVerdict;
import dev.orrery.pipeline.turn.RunGrant;
import dev.orrery.pipeline.turn.Turns;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Everything that a worker does to the world. When it is cut the worker is as good as killed:
 * nothing it wants happens any more, and it hears of nothing. What was under way may still land.
 */
final class Lifeline {

    private volatile boolean cut;
    private volatile boolean renewalsCut;
    private volatile Predicate<Event<?>> lastEvent = event -> false;

    void cut() {
        cut = true;
    }

    /** The worker lives on, but its leases lapse, as after a long pause of its machine. */
    void cutRenewals() {
        renewalsCut = true;
    }

    /** Cuts just before the first event like this is published. */
    void cutBefore(Predicate<Event<?>> event) {
        lastEvent = event;
    }

    private <T> Mono<T> through(Mono<T> effect) {
        return Mono.defer(() -> cut ? Mono.<T>never() : effect)
                .materialize()
                .flatMap(signal -> cut ? Mono.never() : Mono.just(signal))
                .dematerialize();
    }

    Publisher around(Publisher publisher) {
        return event ->
                Mono.defer(() -> {
                    if (lastEvent.test(event)) {
                        cut();
                    }
                    return through(publisher.publish(event));
                });
    }

    Turns around(Turns turns) {
        return new Cuttable(turns);
    }

    private final class Cuttable implements Turns {

        private final Turns turns;

        Cuttable(Turns turns) {
            this.turns = turns;
        }

        @Override
        public Mono<RunGrant> begin(UUID turn, UUID run) {
            return through(turns.begin(turn, run));
        }

        @Override
        public Flux<UUID> renew(Collection<RunProgress> runs) {
            return Flux.defer(() -> cut || renewalsCut ? Flux.empty() : turns.renew(runs));
        }

        @Override
        public Mono<FinishVerdict> finish(UUID turn, Finish finish) {
            return through(turns.finish(turn, finish));
        }

        @Override
        public Mono<Void> requestPublished(UUID turn) {
            return through(turns.requestPublished(turn));
        }

        @Override
        public Mono<Void> outcomePublished(UUID turn) {
            return through(turns.outcomePublished(turn));
        }
    }
}
