package dev.orrery.llm;

import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Time that stands still until a test moves it; timers go off on the thread that does. Clock and
 * ticker move together.
 */
public final class ManualTime {

    public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

    public Ticker ticker() {
        return new Ticker(scheduler, () -> scheduler.now(TimeUnit.NANOSECONDS));
    }

    public Clock clock() {
        return new ManualClock();
    }

    public void advance(Duration duration) {
        scheduler.advanceTimeBy(duration);
    }

    private final class ManualClock extends Clock {

        @Override
        public Instant instant() {
            return START.plusNanos(scheduler.now(TimeUnit.NANOSECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
