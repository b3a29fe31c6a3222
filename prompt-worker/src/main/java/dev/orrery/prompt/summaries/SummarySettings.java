package dev.orrery.prompt.summaries;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sessions are summed up.
 *
 * @param concurrency outcomes handled at once, 1 to 10,000, until {@code ops.tuning} says otherwise
 * @param latest age from which the end of a turn is passed over, above 0; the next turn of its
 *     session sees to it
 */
@ConfigurationProperties("orrery.summaries")
record SummarySettings(@DefaultValue("2") int concurrency, @DefaultValue("1h") Duration latest) {

    private static final int HIGHEST_CONCURRENCY = 10_000;

    SummarySettings {
        if (concurrency < 1 || concurrency > HIGHEST_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "orrery.summaries.concurrency: "
                            + concurrency
                            + " (expected: 1 to "
                            + HIGHEST_CONCURRENCY
                            + ")");
        }
        if (!latest.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.summaries.latest: " + latest + " (expected: above 0)");
        }
    }
}
