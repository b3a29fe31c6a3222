package dev.orrery.llm.guard;

import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A ticker in the shape of a clock, for those who measure with one: only differences mean
 * something. So no jump of the wall clock closes or opens anything.
 */
final class MonotonicClock extends Clock {

    private final Ticker ticker;

    MonotonicClock(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(ticker.now());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this; // an instant has no zone
    }
}
