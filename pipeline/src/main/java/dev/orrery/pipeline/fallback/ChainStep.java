package dev.orrery.pipeline.fallback;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of a chain.
 *
 * @param provider its code, in lower case whatever was given; never trimmed
 * @param model the provider's own name of it, as written
 * @param region null where none is stated
 * @param retry further tries of this same step after a failure that may pass, 0 to 5
 */
public record ChainStep(String provider, String model, @Nullable String region, int retry) {

    public static final int MOST_RETRIES = 5;

    public ChainStep {
        provider = provider.toLowerCase(Locale.ROOT);
        if (retry < 0 || retry > MOST_RETRIES) {
            throw new IllegalArgumentException(
                    "retry: " + retry + " (expected: 0 to " + MOST_RETRIES + ")");
        }
    }

    /** Tried once, in no region. */
    public static ChainStep of(String provider, String model) {
        return new ChainStep(provider, model, null, 0);
    }

    ChainStep in(String otherRegion) {
        return new ChainStep(provider, model, otherRegion, retry);
    }

    ChainStep once() {
        return new ChainStep(provider, model, region, 0);
    }
}
