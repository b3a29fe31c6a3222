package dev.orrery.llm.chain;

import dev.orrery.llm.prices.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What a call took: time, and what the provider is taken to bill.
 *
 * @param cost null when the price is not known
 */
record Toll(Timing timing, @Nullable Cost cost) {

    /** Of a call that was not made. */
    static final Toll NONE = new Toll(Timing.NONE, Cost.NONE);

    @Nullable Long costMicros() {
        return cost == null ? null : cost.micros();
    }
}
