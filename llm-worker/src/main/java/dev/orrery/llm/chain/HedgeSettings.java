package dev.orrery.llm.chain;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of hedging: {@code orrery.llm.hedge.…}. Whether a chain is hedged at all, its
 * configuration says.
 *
 * @param enabled false ends it for all chains
 * @param window how many calls of a model are remembered, from {@code leastSamples} to 10,000
 * @param leastSamples how many have to be known before one is hedged, 1 or more
 * @param shortest the least time before a second call, above 0
 * @param longest the longest time before it, from the shortest
 * @param models how many models are remembered, 1 to 10,000; the least used ones are forgotten
 */
public record HedgeSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("100") int window,
        @DefaultValue("20") int leastSamples,
        @DefaultValue("200ms") Duration shortest,
        @DefaultValue("10s") Duration longest,
        @DefaultValue("1000") int models) {

    private static final int MOST = 10_000;

    public HedgeSettings {
        if (leastSamples < 1 || window < leastSamples || window > MOST) {
            throw new IllegalArgumentException(
                    "orrery.llm.hedge: least-samples %d, window %d (expected: 1 <= least-samples <= window <= %d)"
                            .formatted(leastSamples, window, MOST));
        }
        if (!shortest.isPositive() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "orrery.llm.hedge: shortest %s, longest %s (expected: 0 < shortest <= longest)"
                            .formatted(shortest, longest));
        }
        if (models < 1 || models > MOST) {
            throw new IllegalArgumentException(
                    "orrery.llm.hedge.models: " + models + " (expected: 1 to " + MOST + ")");
        }
    }

    /** What holds where nothing is configured. */
    public static HedgeSettings defaults() {
        return new HedgeSettings(
                true, 100, 20, Duration.ofMillis(200), Duration.ofSeconds(10), 1_000);
    }
}
