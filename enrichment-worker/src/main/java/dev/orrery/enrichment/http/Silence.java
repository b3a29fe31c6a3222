package dev.orrery.enrichment.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time in which a service wants to be left alone. It only grows: of several refusals at the
 * same time the most demanding one counts, in whatever order they come.
 *
 * <p>Thread safety: may be used on any thread; never blocks.
 */
final class Silence {

    private final AtomicReference<Instant> end = new AtomicReference<>(Instant.MIN);
    private final Clock clock;

    Silence(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param wait from now on, 0 or more
     */
    void keepFor(Duration wait) {
        var wanted = clock.instant().plus(wait);
        end.updateAndGet(known -> known.isAfter(wanted) ? known : wanted);
    }

    boolean isKept() {
        return clock.instant().isBefore(until());
    }

    /** Its end, long ago when nobody asked for any. */
    Instant until() {
        return requireNonNull(end.get(), "BUG: a silence without an end");
    }
}
