package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.problems.ProblemCode;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
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

    /** A chain ends by its deadline, and what comes after that is brought to Redis in this time. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration RAREST_LOOK = Duration.ofSeconds(1);
    private static final long RETRY_AFTER_SECONDS = 1;

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
                    var wait = new Wait(shared, request, patience);
                    return wait.look(FIRST_LOOK).doOnCancel(wait::giveUp);
                });
    }

    private void count(String outcome) {
        meters.counter("orrery.gateway.repeats", "outcome", outcome).increment();
    }

    /** One call that wants to know whose turn it is. */
    private final class Wait {

        private final SharedEntries entries;
        private final NamedRequest request;
        private final Duration patience;
        private final long began = ticker.now();
        private final byte[] mine;

        Wait(SharedEntries entries, NamedRequest request, Duration patience) {
            this.entries = entries;
            this.request = request;
            this.patience = patience;
            this.mine = entries.pending(request, process + "-" + claims.incrementAndGet());
        }

        /**
         * @param pause before the next look, should there be one
         */
        Mono<Claim> look(Duration pause) {
            return entries.take(request, mine, left().plus(SPARE))
                    .flatMap(found ->
                            switch (found) {
                                case Found.Nothing ignored -> mine("fresh");
                                case Found.Something something -> decide(something.entry(), pause);
                                case Found.GoneAgain ignored -> later(pause);
                                case Found.Unreadable ignored -> alone("unreadable");
                                case Found.Unclear ignored -> mine("away");
                                case Found.Unknown ignored -> alone("away");
                            });
        }

        private Mono<Claim> decide(Entry entry, Duration pause) {
            if (!entry.fingerprint().equals(request.fingerprint())) {
                count("conflict");
                return Mono.error(
                        new Problem(
                                ProblemCode.REQUEST_ID_CONFLICT,
                                "request_id: was that of another request (expected: one of its"
                                        + " own, or the same body)"));
            }
            return switch (entry) {
                case Entry.Kept kept -> known(kept.answer());
                case Entry.Pending ignored -> later(pause);
            };
        }

        private Mono<Claim> known(Outcome.Answered answer) {
            count(KNOWN);
            return Mono.just(new Claim.Known(answer));
        }

        private Mono<Claim> later(Duration pause) {
            if (left().compareTo(pause) <= 0) {
                count("in_progress");
                return Mono.error(
                        new Problem(
                                ProblemCode.REQUEST_IN_PROGRESS,
                                "request_id: another call is at it (expected: its end, within the"
                                        + " deadline)",
                                Map.of(Problem.RETRY_AFTER, RETRY_AFTER_SECONDS)));
            }
            return ticker.pause(pause).then(Mono.defer(() -> look(rarer(pause))));
        }

        private static Duration rarer(Duration pause) {
            var longer = pause.multipliedBy(3).dividedBy(2);
            return longer.compareTo(RAREST_LOOK) < 0 ? longer : RAREST_LOOK;
        }

        /** Whether the name is ours or not: nothing but what we wrote is replaced or removed. */
        private Mono<Claim> mine(String outcome) {
            count(outcome);
            return Mono.just(new Claim.Fresh(new Owned(entries, request, mine), waited()));
        }

        /** Of one who leaves before the promise is anybody's. */
        void giveUp() {
            entries.release(request, mine).subscribe();
        }

        private Mono<Claim> alone(String why) {
            count(why);
            return Mono.just(new Claim.Fresh(Claim.Promise.TO_NOBODY, waited()));
        }

        private Duration waited() {
            return Duration.ofNanos(ticker.now() - began);
        }

        private Duration left() {
            return patience.minus(waited());
        }
    }

    /** Others see in Redis what becomes of a request. */
    private final class Owned implements Claim.Promise {

        private final SharedEntries entries;
        private final NamedRequest request;
        private final byte[] mine;

        Owned(SharedEntries entries, NamedRequest request, byte[] mine) {
            this.entries = entries;
            this.request = request;
            this.mine = mine;
        }

        @Override
        public Mono<Void> end(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Failed ignored -> giveUp();
                case Outcome.Answered answered ->
                        entries.keep(request, mine, answered)
                                .doOnNext(kept -> {
                                    if (!kept) {
                                        count("too_large");
                                    }
                                })
                                .then();
            };
        }

        @Override
        public Mono<Void> giveUp() {
            return entries.release(request, mine);
        }
    }

    /** Blocks until the connection is closed, for at most a few seconds. */
    @Override
    public void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
