package dev.orrery.llm.gateway.limits;

import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Buckets that all replicas share, as long as they can be reached; in their absence those of this
 * process, so that limits go on, each replica on its own. Said once in the log when it begins and
 * when it ends, in {@code orrery.gateway.rates.shared} (1 or 0), and counted in {@code
 * orrery.gateway.rates.local}.
 */
final class SharedBuckets implements Buckets {

    private static final Logger log = LoggerFactory.getLogger(SharedBuckets.class);

    /** While nothing is known to have changed, nobody waits for an answer that will not come. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Buckets shared;
    private final Buckets local;
    private final Ticker ticker;
    private final Counter decidedHere;
    private volatile boolean isShared = true;
    private volatile long askAgainAt;

    SharedBuckets(Buckets shared, Buckets local, Ticker ticker, MeterRegistry meters) {
        this.shared = shared;
        this.local = local;
        this.ticker = ticker;
        this.askAgainAt = ticker.now();
        this.decidedHere = meters.counter("orrery.gateway.rates.local");
        Gauge.builder("orrery.gateway.rates.shared", this, each -> each.isShared ? 1 : 0)
                .register(meters);
    }

    @Override
    public Mono<Taken> take(String name, Quota quota) {
        return Mono.defer(() ->
                isShared || ticker.now() - askAgainAt >= 0
                        ? shared.take(name, quota)
                                .doOnNext(taken -> reached())
                                .onErrorResume(failure -> missed(failure, name, quota))
                        : here(name, quota));
    }

    private void reached() {
        if (!isShared) {
            isShared = true;
            log.info("Rate limits are shared again");
        }
    }

    private Mono<Taken> missed(Throwable failure, String name, Quota quota) {
        askAgainAt = ticker.now() + PAUSE.toNanos();
        if (isShared) {
            isShared = false;
            log.warn(
                    "Rate limits cannot be shared, each replica counts alone: reason={}",
                    failure.getClass().getSimpleName());
        }
        return here(name, quota);
    }

    private Mono<Taken> here(String name, Quota quota) {
        decidedHere.increment();
        return local.take(name, quota);
    }
}
