package dev.orrery.pipeline.turn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns whose rows say what the test wants; remembers what was asked. */
final class ScriptedTurns implements Turns {

    final List<Finish> finishes = new ArrayList<>();
    final List<UUID> outcomesPublished = new ArrayList<>();
    FinishVerdict verdict = new FinishVerdict.Unknown();
    Mono<Void> mark = Mono.empty();

    @Override
    public Mono<RunGrant> begin(UUID turn, UUID run) {
        return Mono.just(new RunGrant.Unknown());
    }

    @Override
    public Flux<UUID> renew(Collection<RunProgress> runs) {
        return Flux.empty();
    }

    @Override
    public Mono<FinishVerdict> finish(UUID turn, Finish finish) {
        return Mono.fromSupplier(() -> {
            finishes.add(finish);
            return verdict;
        });
    }

    @Override
    public Mono<Void> requestPublished(UUID turn) {
        return mark;
    }

    @Override
    public Mono<Void> outcomePublished(UUID turn) {
        return mark.doOnSubscribe(asked -> outcomesPublished.add(turn));
    }
}
