package dev.orrery.llm.provider;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Moderator;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** One provider's judgement by several keys, the same that its chat models are asked by. */
final class PooledModerator implements Moderator {

    private final List<Moderator> moderators;
    private final KeyPool pool;

    /**
     * @param moderators the same one by each of the keys
     */
    PooledModerator(List<Moderator> moderators, KeyPool pool) {
        this.moderators = List.copyOf(moderators);
        this.pool = pool;
    }

    @Override
    public Mono<Set<String>> judge(String model, String text, Duration connectLimit) {
        return Mono.defer(() -> next(model, text, connectLimit, new BitSet(moderators.size())));
    }

    private Mono<Set<String>> next(String model, String text, Duration connectLimit, BitSet tried) {
        var key = pool.take(model, tried);
        if (key.isEmpty()) {
            return Mono.error(() ->
                    new ModelFailure.RateLimited(
                            "all " + moderators.size() + " keys rest", pool.shortestWait(model)));
        }
        int place = key.getAsInt();
        tried.set(place);
        return moderators
                .get(place)
                .judge(model, text, connectLimit)
                .doOnNext(found -> pool.worked(place, model))
                .onErrorResume(
                        ModelFailure.class,
                        failure ->
                                pool.failed(place, model, failure)
                                        ? next(model, text, connectLimit, tried)
                                        : Mono.error(failure));
    }
}
