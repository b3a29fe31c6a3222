package dev.orrery.llm.gateway.limits;

import dev.orrery.llm.gateway.shared.Reachability;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * Buckets that all replicas share, as long as they can be reached ({@code
 * orrery.gateway.rates.shared}, 1 or 0); in their absence those of this process, so that limits go
 * on, each replica on its own, counted in {@code orrery.gateway.rates.local}.
 */
final class SharedBuckets implements Buckets {

    private final Buckets shared;
    private final Buckets local;
    private final Reachability reachability;
    private final Counter decidedHere;

    SharedBuckets(Buckets shared, Buckets local, Ticker ticker, MeterRegistry meters) {
        this.shared = shared;
        this.local = local;
        this.reachability =
                new Reachability("Rate limits", "orrery.gateway.rates.shared", ticker, meters);
        this.decidedHere = meters.counter("orrery.gateway.rates.local");
    }

    @Override
    public Mono<Taken> take(String name, Quota quota) {
        return Mono.defer(() ->
                reachability.isWorthATry()
                        ? shared.take(name, quota)
                                .doOnNext(taken -> reachability.reached())
                                .onErrorResume(failure -> missed(failure, name, quota))
                        : here(name, quota));
    }

    private Mono<Taken> missed(Throwable failure, String name, Quota quota) {
        reachability.missed(failure);
        return here(name, quota);
    }

    private Mono<Taken> here(String name, Quota quota) {
        decidedHere.increment();
        return local.take(name, quota);
    }
}
