package dev.orrery.enrichment.source;

import java.time.Duration;

/**
 * How long a source is waited for, and how old its answers may be.
 *
 * @param patience for one answer, all attempts together, above 0
 * @param maxStale how long after its freshness an answer may stand in for one that cannot be had; 0
 *     for not at all
 */
public record SourceLimits(Duration patience, Duration maxStale) {

    public SourceLimits {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: above 0)");
        }
        if (maxStale.isNegative()) {
            throw new IllegalArgumentException("max-stale: " + maxStale + " (expected: 0 or more)");
        }
    }
}
