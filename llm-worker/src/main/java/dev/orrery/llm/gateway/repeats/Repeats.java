package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Has each named request of a service answered once, whichever replica it comes to: for a day, the
 * same name with the same body gets the same answer, and with another body a {@link Problem}. Only
 * answers are kept; after a failure the next one tries again.
 *
 * <p>Who comes while another call is at it waits for its end, within its own deadline: what it
 * wants is the answer, and asking again would only begin the wait anew. When that ends without an
 * answer, one of those who wait goes on in its place. A replica that dies holds a name no longer
 * than its request had time.
 *
 * <p>Redis may be away: requests are then answered as if they had no name. It may also be late, and
 * have given the name to one that no longer waited to hear it; the promise is kept then too. What
 * becomes of each named request is counted in {@code orrery.gateway.repeats}.
 *
 * <p>Thread safety: may be asked on any thread; never blocks, except in {@link #close}.
 */
public final class Repeats implements AutoCloseable {

    /** The answer had been made for the same request before. */
    public static final String KNOWN = "known";

    /** Owners are made of it and a counter, since drawing each would wait for entropy. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicLong claims = new AtomicLong();
    private final @Nullable Redis redis;
    private final @Nullable SharedEntries entries;
    private final Ticker ticker;
    private final MeterRegistry meters;

    Repeats(
            @Nullable Redis redis,
            @Nullable SharedEntries entries,
            Ticker ticker,
            MeterRegistry meters) {
        this.redis = redis;
        this.entries = entries;
        this.ticker = ticker;
        this.meters = meters;
    }

    /**
     * Begins to connect, and does not wait for it.
     *
     * @param redisUrl blank knows no request again
     */
    public static Repeats open(
            RepeatSettings settings, String redisUrl, Ticker ticker, MeterRegistry meters) {
        if (redisUrl.isBlank() || settings.life().isZero()) {
            return new Repeats(null, null, ticker, meters);
        }
        var redis = new Redis(redisUrl, settings.redisLimit());
        var entries = new SharedEntries(new RedisEntries(redis), settings, ticker, meters);
        return new Repeats(redis, entries, ticker, meters);
    }

    /**
     * Whose turn it is. Fails with a {@link Problem} where the name is another request's, or where
     * another call is still at it at the deadline. Who cancels lets others try, also by cancelling
     * what follows the claim.
     *
     * @param request null for one without a name, which is always answered
     * @param patience until the deadline
     */
    public Mono<Claim> claim(@Nullable NamedRequest request, Duration patience) {
        var shared = entries;
        return request == null || shared == null
                ? Mono.just(new Claim.Fresh(Claim.Promise.TO_NOBODY, Duration.ZERO))
                : Mono.defer(() -> {
                    var owner = process + "-" + claims.incrementAndGet();
                    var name = new ClaimedName(shared, request, owner, this::count);
                    return new Wait(name, patience, ticker).claim();
                });
    }

    private void count(String outcome) {
        meters.counter("orrery.gateway.repeats", "outcome", outcome).increment();
    }

    /** Blocks until the connection is closed, for at most a few seconds. */
    @Override
    public void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
