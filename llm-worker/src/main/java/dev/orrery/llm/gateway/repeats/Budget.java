package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.gateway.shared.TickerMeter;
import dev.orrery.llm.time.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many bytes of answers this replica may keep of each service: so many at once, and as many
 * again over the life of an answer, so that no service fills what all of them share. Services are
 * those that have a token, and few.
 *
 * <p>Thread safety: any thread; never blocks.
 */
final class Budget {

    private final ConcurrentHashMap<String, Bucket> left = new ConcurrentHashMap<>();
    private final long bytes;
    private final Duration life;
    private final TimeMeter clock;

    Budget(long bytes, Duration life, Ticker ticker) {
        this.bytes = bytes;
        this.life = life;
        this.clock = new TickerMeter(ticker);
    }

    /**
     * Takes so many bytes of a service's share; false, and nothing taken, when it has fewer left.
     */
    boolean spend(String service, int some) {
        return left.computeIfAbsent(service, unknown -> full()).tryConsume(some);
    }

    private Bucket full() {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(bytes).refillGreedy(bytes, life))
                .build();
    }
}
