package dev.orrery.enrichment.source;

import java.time.Duration;

/**
 * How long a source is waited for, and how old its answers may be.
 *
 * @param patience for one answer, all attempts together, above 0
 * @param grace how long after its freshness an answer is used as it is, while a newer one is
 *     fetched behind the scenes; 0 where what is over must not be used without need
 * @param maxStale how long after its freshness an answer may stand in for one that cannot be had; 0
 *     for not at all
 */
public record SourceLimits(Duration patience, Duration grace, Duration maxStale) {

    public SourceLimits {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: above 0)");
        }
        if (grace.isNegative() || maxStale.compareTo(grace) < 0) {
            throw new IllegalArgumentException(
                    "grace: "
                            + grace
                            + ", max-stale: "
                            + maxStale
                            + " (expected: 0 or more, and grace within max-stale)");
        }
    }

    /** Of a source whose answers are never used past their freshness while it can be asked. */
    public static SourceLimits strict(Duration patience, Duration maxStale) {
        return new SourceLimits(patience, Duration.ZERO, maxStale);
    }
}
