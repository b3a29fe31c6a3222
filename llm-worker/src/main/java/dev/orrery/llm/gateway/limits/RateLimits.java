package dev.orrery.llm.gateway.limits;

import dev.orrery.llm.gateway.problems.ProblemCode;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.digest.Sha256;
import dev.orrery.pipeline.http.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * How often a service and a user of it may ask. Every answer says what is left in {@code RateLimit}
 * and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers).
 *
 * <p>Thread safety: may be used on any thread; never blocks, except in {@link #close}. Decisions
 * arrive on the ticker's threads.
 */
public final class RateLimits implements AutoCloseable {

    static final String FIELD = "RateLimit";
    static final String POLICY = "RateLimit-Policy";

    private final Quota ofService;
    private final Quota ofUser;
    private final Buckets buckets;
    private final Ticker ticker;
    private final Runnable close;

    private RateLimits(RateSettings settings, Buckets buckets, Ticker ticker, Runnable close) {
        this.ofService = settings.ofService();
        this.ofUser = settings.ofUser();
        this.buckets = buckets;
        this.ticker = ticker;
        this.close = close;
        Sha256.of("warm"); // finds its algorithm here, and not on an event loop
    }

    /** Begins to connect where it is to count together with others, and does not wait for it. */
    public static RateLimits open(RateSettings settings, Ticker ticker, MeterRegistry meters) {
        var local = new LocalBuckets(ticker);
        if (settings.redisUrl().isBlank()) {
            return new RateLimits(settings, local, ticker, () -> {});
        }
        var redis = new RedisBuckets(settings.redisUrl(), settings.redisLimit());
        var shared = new SharedBuckets(redis, local, ticker, meters);
        return new RateLimits(settings, shared, ticker, redis::close);
    }

    /**
     * Counts a call of a service. Fails with a {@link Problem} when it is one too many.
     *
     * @param answer headers of the response, which are told what is left
     */
    public Mono<Void> admitService(String service, HttpHeaders answer) {
        return admit("service", service, ofService, answer);
    }

    /** Counts a call on behalf of a user, as {@link #admitService} does. */
    public Mono<Void> admitUser(String service, String user, HttpHeaders answer) {
        // Who a user is does not leave this process.
        return admit("user", Sha256.of(service + '\n' + user), ofUser, answer);
    }

    private Mono<Void> admit(String kind, String name, Quota quota, HttpHeaders answer) {
        return buckets.take(kind + ":" + name, quota)
                .publishOn(ticker.scheduler())
                .flatMap(taken -> {
                    tell(answer, kind, quota, taken);
                    return taken.granted() ? Mono.empty() : Mono.error(tooMany(kind, quota, taken));
                });
    }

    private static void tell(HttpHeaders answer, String kind, Quota quota, Taken taken) {
        add(
                answer,
                POLICY,
                "\"%s\";q=%d;w=%d".formatted(kind, quota.burst(), quota.windowSeconds()));
        add(
                answer,
                FIELD,
                "\"%s\";r=%d;t=%d".formatted(kind, taken.left(), seconds(taken.untilFull())));
    }

    /** One field that lists both, since not every reader knows that fields may be repeated. */
    private static void add(HttpHeaders answer, String name, String item) {
        var before = answer.getFirst(name);
        answer.set(name, before == null ? item : before + ", " + item);
    }

    private static Problem tooMany(String kind, Quota quota, Taken taken) {
        return new Problem(
                ProblemCode.RATE_LIMITED,
                "calls of this %s (expected: at most %d at once, then %d every %d ms)"
                        .formatted(kind, quota.burst(), quota.refill(), quota.period().toMillis()),
                Map.of(Problem.RETRY_AFTER, Math.max(1, seconds(taken.untilNext()))));
    }

    private static long seconds(Duration duration) {
        return Math.ceilDiv(duration.toMillis(), 1_000);
    }

    @Override
    public void close() {
        close.run();
    }
}
