package dev.orrery.llm.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a target is left alone.
 *
 * @param window how many of its last calls are looked at, 1 to 1,000
 * @param minimumCalls fewer calls than this in the window say nothing, 1 to the window
 * @param failurePercent share of failed calls that opens the breaker, 1 to 100
 * @param open how long an open breaker lets no call pass, above 0
 * @param probes calls that are made then to find out, 1 to 100; as many failures as above open it
 *     again
 * @param quotaPause how long a target is left alone whose quota is used up, above 0
 * @param longestPause the longest pause that a target may ask for by {@code Retry-After}, above 0
 */
public record BreakerSettings(
        @DefaultValue("20") int window,
        @DefaultValue("10") int minimumCalls,
        @DefaultValue("50") int failurePercent,
        @DefaultValue("10s") Duration open,
        @DefaultValue("2") int probes,
        @DefaultValue("5m") Duration quotaPause,
        @DefaultValue("10m") Duration longestPause) {

    private static final int WIDEST_WINDOW = 1_000;
    private static final int MOST_PROBES = 100;

    public BreakerSettings {
        inRange("window", window, WIDEST_WINDOW);
        inRange("minimum-calls", minimumCalls, window);
        inRange("failure-percent", failurePercent, 100);
        inRange("probes", probes, MOST_PROBES);
        positive("open", open);
        positive("quota-pause", quotaPause);
        positive("longest-pause", longestPause);
    }

    /** What holds where nothing is configured. */
    public static BreakerSettings defaults() {
        return new BreakerSettings(
                20,
                10,
                50,
                Duration.ofSeconds(10),
                2,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10));
    }

    private static void inRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "orrery.llm.breaker.%s: %d (expected: 1 to %d)".formatted(name, value, most));
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.llm.breaker.%s: %s (expected: above 0)".formatted(name, value));
        }
    }
}
