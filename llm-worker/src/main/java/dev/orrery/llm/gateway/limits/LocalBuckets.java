package dev.orrery.llm.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.llm.time.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Buckets of this process. One that nobody has asked for in a while was full again anyway. */
final class LocalBuckets implements Buckets {

    private static final int MOST_BUCKETS = 100_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final TimeMeter clock;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(MOST_BUCKETS)
                    .expireAfterAccess(KEPT)
                    .executor(Runnable::run) // upkeep is short, and no thread has to wait for it
                    .build();

    LocalBuckets(Ticker ticker) {
        this.clock = new TickerMeter(ticker);
    }

    @Override
    public Mono<Taken> take(String name, Quota quota) {
        return Mono.fromSupplier(
                () -> Taken.of(bucket(name, quota).tryConsumeAndReturnRemaining(1)));
    }

    private Bucket bucket(String name, Quota quota) {
        return buckets.get(name, unknown -> fresh(quota));
    }

    private Bucket fresh(Quota quota) {
        var bucket = Bucket.builder().withCustomTimePrecision(clock);
        for (var limit : quota.bucket().getBandwidths()) {
            bucket.addLimit(limit);
        }
        return bucket.build();
    }

    private record TickerMeter(Ticker ticker) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ticker.now();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
