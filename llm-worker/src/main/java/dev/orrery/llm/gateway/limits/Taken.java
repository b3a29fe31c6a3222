package dev.orrery.llm.gateway.limits;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * What came of the wish to make one call.
 *
 * @param granted whether it may be made
 * @param left calls that may follow at once
 * @param untilNext how long until the next may be made; 0 when it may be now
 * @param untilFull how long until nothing of the quota is used
 */
record Taken(boolean granted, long left, Duration untilNext, Duration untilFull) {

    static Taken of(ConsumptionProbe probe) {
        return new Taken(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }
}
