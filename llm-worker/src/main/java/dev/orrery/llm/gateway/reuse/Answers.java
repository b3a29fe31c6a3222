package dev.orrery.llm.gateway.reuse;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.answer.Replay;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Answers that are given more than once. Calls that ask the same at the same time share one answer
 * where that cannot be told from two: when they bear the same request id, or ask at temperature 0.
 * Where a cache is configured, answers at temperature 0 are also kept for a while; failures never
 * are. Whether an answer goes out whole or piece by piece makes no difference, except that a caller
 * whose stream may not start over shares none that may.
 *
 * <p>Thread safety: may be asked on any thread; never blocks. A chain is broken off when the last
 * of those who hear it has gone.
 */
public final class Answers {

    /** The answer was being made for another call. */
    public static final String IN_FLIGHT = "in_flight";

    /** The answer had been made before. */
    public static final String CACHED = "cached";

    private static final int CHARACTER_BYTES = 2;

    private final ConcurrentMap<Asked, SharedAnswer> inFlight = new ConcurrentHashMap<>();
    private final @Nullable Cache<Asked, Outcome.Answered> cache;
    private final Clock clock;

    public Answers(ReuseSettings settings, Clock clock, dev.orrery.llm.time.Ticker ticker) {
        this.cache = settings.size().toBytes() == 0 ? null : cache(settings, ticker::now);
        this.clock = clock;
    }

    private static Cache<Asked, Outcome.Answered> cache(ReuseSettings settings, Ticker nanos) {
        return Caffeine.newBuilder()
                .maximumWeight(settings.size().toBytes())
                .weigher((Asked asked, Outcome.Answered answer) ->
                        CHARACTER_BYTES * (asked.question().size() + answer.size()))
                .expireAfterWrite(settings.life())
                .ticker(nanos)
                .executor(Runnable::run) // upkeep is short, and no thread has to wait for it
                .build();
    }

    /**
     * What the chain tells.
     *
     * @param chain runs to its end, once per subscription; not at all where the answer is not made
     *     for this call
     * @param reused told when the answer was not made for this call alone, and why
     */
    public Flux<ChainEvent> to(Asked asked, Flux<ChainEvent> chain, Consumer<String> reused) {
        if (asked.question().isDeterministic()) {
            return Flux.defer(() -> kept(asked.unnamed(), chain, reused));
        }
        return asked.requestId() == null
                ? chain
                : Flux.defer(() -> shared(asked, chain, reused, outcome -> {}));
    }

    private Flux<ChainEvent> kept(Asked asked, Flux<ChainEvent> chain, Consumer<String> reused) {
        var kept = cache;
        if (kept == null) {
            return shared(asked, chain, reused, answer -> {});
        }
        var known = kept.getIfPresent(asked.settled());
        if (known != null) {
            reused.accept(CACHED);
            return Flux.fromIterable(Replay.of(known, asked.question(), clock.instant()));
        }
        return shared(asked, chain, reused, answer -> kept.put(asked.settled(), answer));
    }

    /**
     * Whoever comes after its end begins anew: it is taken off the list before its end is told, or
     * when everybody has gone.
     */
    private Flux<ChainEvent> shared(
            Asked asked,
            Flux<ChainEvent> chain,
            Consumer<String> reused,
            Consumer<Outcome.Answered> answered) {
        var mine =
                new SharedAnswer(
                        asked.question(),
                        chain,
                        (answer, outcome) -> {
                            if (outcome instanceof Outcome.Answered complete) {
                                answered.accept(complete);
                            }
                            inFlight.remove(asked, answer);
                        });
        while (true) {
            var theirs = inFlight.putIfAbsent(asked, mine);
            if (theirs == null) {
                return mine.begin();
            }
            var joined = theirs.join();
            if (joined != null) {
                reused.accept(IN_FLIGHT);
                return joined;
            }
            inFlight.remove(asked, theirs); // over, and about to be taken off
        }
    }
}
