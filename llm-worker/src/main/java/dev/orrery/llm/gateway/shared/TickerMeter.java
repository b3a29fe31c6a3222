package dev.orrery.llm.gateway.shared;

import dev.orrery.llm.time.Ticker;
import io.github.bucket4j.TimeMeter;

/** Has buckets measure time with our clock. */
public record TickerMeter(Ticker ticker) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
        return ticker.now();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
