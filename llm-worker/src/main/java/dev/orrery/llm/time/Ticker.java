package dev.orrery.llm.time;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A monotonic clock and the timers that belong to it. Limits are measured with this one, so that a
 * jump of the wall clock neither ends a call nor keeps it alive.
 *
 * @param scheduler runs timers; must not be one whose threads may block
 * @param nanoTime monotonic time in nanoseconds, of arbitrary origin
 */
public record Ticker(Scheduler scheduler, LongSupplier nanoTime) {

    /** The clock of this machine. */
    public static Ticker system() {
        return new Ticker(Schedulers.parallel(), System::nanoTime);
    }

    /** Now, in nanoseconds; only differences mean something. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /** Emits once, after a while. */
    public Mono<Long> after(Duration duration) {
        return Mono.delay(duration, scheduler);
    }

    /** Completes after a while, at once when the duration is not positive. */
    public Mono<Void> pause(Duration duration) {
        return duration.isPositive() ? Mono.delay(duration, scheduler).then() : Mono.empty();
    }
}
