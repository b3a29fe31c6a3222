package dev.orrery.llm.chain;

import dev.orrery.llm.model.Models;
import org.jspecify.annotations.Nullable;

/**
 * One step of a chain.
 *
 * @param provider lower-case code
 * @param model the provider's own name of it
 * @param region null where the provider has none
 * @param retry further tries of this same step after a failure that may pass, 0 to 5
 * @param streamed whether the provider is asked for a stream, see {@link
 *     dev.orrery.llm.model.Prompt}
 * @param barred why the step is not to be asked though it stands in the chain, as traces tell it;
 *     null for one that may be
 */
public record Step(
        String provider,
        String model,
        @Nullable String region,
        int retry,
        Limits limits,
        boolean streamed,
        @Nullable String barred) {

    private static final int MAX_RETRY = 5;

    public Step {
        if (retry < 0 || retry > MAX_RETRY) {
            throw new IllegalArgumentException(
                    "retry: " + retry + " (expected: 0 to " + MAX_RETRY + ")");
        }
    }

    /** Asks for a stream. */
    public Step(String provider, String model, @Nullable String region, int retry, Limits limits) {
        this(provider, model, region, retry, limits, true, null);
    }

    /** The same step, in the provider's own region where it names none. */
    Step placed(Models models) {
        var place = region == null ? models.defaultRegion(provider) : null;
        return place == null
                ? this
                : new Step(provider, model, place, retry, limits, streamed, barred);
    }

    /** What is asked; two steps with the same target ask the same model in the same place. */
    public Target target() {
        return new Target(provider, model, region);
    }

    /** A model in a place. */
    public record Target(String provider, String model, @Nullable String region) {}
}
