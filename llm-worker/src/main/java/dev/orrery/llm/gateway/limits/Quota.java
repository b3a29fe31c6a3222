package dev.orrery.llm.gateway.limits;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may ask.
 *
 * @param burst calls at once, 1 or more
 * @param refill calls that become free again in each period, 1 or more
 * @param period above 0
 */
public record Quota(long burst, long refill, @DefaultValue("1s") Duration period) {

    public Quota {
        if (burst < 1 || refill < 1 || !period.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.gateway.rates: burst %d, refill %d, period %s (expected: above 0)"
                            .formatted(burst, refill, period));
        }
    }

    BucketConfiguration bucket() {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, period))
                .build();
    }

    /** How long an empty bucket takes to be full again, in whole seconds, 1 or more. */
    long windowSeconds() {
        return Math.max(1, Math.ceilDiv(burst * period.toMillis(), refill * 1_000));
    }
}
