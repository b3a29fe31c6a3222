package dev.orrery.llm.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.orrery.llm.time.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Buckets of this process. One is forgotten when it is full again, or when there are too many. */
final class LocalBuckets implements Buckets {

    private static final int MOST_BUCKETS = 100_000;

    private record Filling(Bucket bucket, Duration window) {}

    private final TimeMeter clock;
    private final Cache<String, Filling> buckets;

    LocalBuckets(Ticker ticker) {
        this.clock = new TickerMeter(ticker);
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(MOST_BUCKETS)
                        .expireAfter(
                                Expiry.<String, Filling>accessing(
                                        (name, filling) -> filling.window()))
                        .ticker(ticker::now)
                        .executor(Runnable::run) // upkeep is short, and nobody has to wait for it
                        .build();
    }

    @Override
    public Mono<Taken> take(String name, Quota quota) {
        return Mono.fromSupplier(
                () -> Taken.of(bucket(name, quota).bucket().tryConsumeAndReturnRemaining(1)));
    }

    private Filling bucket(String name, Quota quota) {
        return buckets.get(name, unknown -> fresh(quota));
    }

    private Filling fresh(Quota quota) {
        var bucket = Bucket.builder().withCustomTimePrecision(clock);
        for (var limit : quota.bucket().getBandwidths()) {
            bucket.addLimit(limit);
        }
        return new Filling(bucket.build(), Duration.ofSeconds(quota.windowSeconds()));
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
