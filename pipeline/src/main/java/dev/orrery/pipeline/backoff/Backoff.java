package dev.orrery.pipeline.backoff;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Exponential back-off with full jitter: each wait is drawn evenly from nothing to a ceiling that
 * doubles, so that those who failed together do not come back together.
 *
 * @param first ceiling of the first wait
 * @param longest ceiling that is never exceeded
 */
public record Backoff(Duration first, Duration longest) {

    /** Doubling beyond this exceeds every ceiling in use. */
    private static final long MOST_DOUBLINGS = 30;

    /** For what usually passes within a second and may last for an hour. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    public Backoff {
        if (!first.isPositive() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "first: "
                            + first
                            + ", longest: "
                            + longest
                            + " (expected: 0 < first <= longest)");
        }
    }

    /**
     * How long to wait before the next attempt, at least a millisecond.
     *
     * @param failures how many attempts have failed before the last one, counted from 0
     */
    public Duration delay(long failures) {
        long ceiling = ceilingMillis(failures);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, ceiling + 1));
    }

    private long ceilingMillis(long failures) {
        double doubled =
                Math.scalb((double) first.toMillis(), (int) Math.min(failures, MOST_DOUBLINGS));
        return Math.max(1, (long) Math.min(doubled, longest.toMillis()));
    }

    /**
     * Tries again without end as long as failures pass this test; any other failure goes through.
     *
     * @param before told of each failure and the wait that follows it; must not block
     */
    public Retry forever(Predicate<Throwable> passing, BiConsumer<Throwable, Duration> before) {
        return forever(passing, before, Schedulers.parallel());
    }

    /** The same, with the next attempt made on this scheduler. */
    public Retry forever(
            Predicate<Throwable> passing,
            BiConsumer<Throwable, Duration> before,
            Scheduler scheduler) {
        return Retry.from(failures ->
                failures.concatMap(signal -> {
                    if (!passing.test(signal.failure())) {
                        return Mono.<Long>error(signal.failure());
                    }
                    var wait = delay(signal.totalRetries());
                    before.accept(signal.failure(), wait);
                    return Mono.delay(wait, scheduler);
                }));
    }
}
