package dev.orrery.llm.gateway.reuse;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.orrery.llm.gateway.answer.Outcome;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Answers in one piece. Calls that ask the same at the same time share one answer where that cannot
 * be told from two: when they bear the same request id, or ask at temperature 0. Where a cache is
 * configured, answers at temperature 0 are also kept for a while; failures never are.
 *
 * <p>Thread safety: may be asked on any thread; never blocks. A chain is broken off when the last
 * of those who wait for it has gone.
 */
public final class Answers {

    /** The answer was being made for another call. */
    public static final String IN_FLIGHT = "in_flight";

    /** The answer had been made before. */
    public static final String CACHED = "cached";

    private static final int CHARACTER_BYTES = 2;

    private final ConcurrentMap<Asked, Mono<Outcome>> inFlight = new ConcurrentHashMap<>();
    private final @Nullable Cache<Asked, Outcome> cache;

    public Answers(ReuseSettings settings, dev.orrery.llm.time.Ticker ticker) {
        this.cache = settings.size().toBytes() == 0 ? null : cache(settings, ticker::now);
    }

    private static Cache<Asked, Outcome> cache(ReuseSettings settings, Ticker nanos) {
        return Caffeine.newBuilder()
                .maximumWeight(settings.size().toBytes())
                .weigher(Answers::weight)
                .expireAfterWrite(settings.life())
                .ticker(nanos)
                .executor(Runnable::run) // upkeep is short, and no thread has to wait for it
                .build();
    }

    private static int weight(Asked asked, Outcome outcome) {
        int answer = outcome instanceof Outcome.Answered answered ? answered.size() : 0;
        return CHARACTER_BYTES * (asked.question().size() + answer);
    }

    /**
     * How the chain ends.
     *
     * @param chain runs to its end, once per subscription; not at all where the answer is not made
     *     for this call
     * @param reused told when the answer was not made for this call alone, and why
     */
    public Mono<Outcome> to(Asked asked, Mono<Outcome> chain, Consumer<String> reused) {
        if (asked.question().isDeterministic()) {
            return cached(asked.unnamed(), chain, reused);
        }
        return asked.requestId() == null ? chain : shared(asked, chain, reused);
    }

    private Mono<Outcome> cached(Asked asked, Mono<Outcome> chain, Consumer<String> reused) {
        var kept = cache;
        if (kept == null) {
            return shared(asked, chain, reused);
        }
        return Mono.defer(() -> {
            var known = kept.getIfPresent(asked);
            if (known != null) {
                reused.accept(CACHED);
                return Mono.just(known);
            }
            return shared(asked, chain, reused)
                    .doOnNext(outcome -> {
                        if (outcome instanceof Outcome.Answered) {
                            kept.put(asked, outcome);
                        }
                    });
        });
    }

    private Mono<Outcome> shared(Asked asked, Mono<Outcome> chain, Consumer<String> reused) {
        return Mono.defer(() -> {
            var mine = begun(asked, chain); // asks nobody before it is subscribed to
            var theirs = inFlight.putIfAbsent(asked, mine);
            if (theirs == null) {
                return mine;
            }
            reused.accept(IN_FLIGHT);
            return theirs;
        });
    }

    /**
     * Whoever comes after its end begins anew: it is taken off the list before its outcome is told,
     * or when everybody has gone.
     */
    private Mono<Outcome> begun(Asked asked, Mono<Outcome> chain) {
        return chain.doOnTerminate(() -> inFlight.remove(asked))
                .doOnCancel(() -> inFlight.remove(asked))
                .flux()
                .replay(1)
                .refCount(1)
                .next();
    }
}
