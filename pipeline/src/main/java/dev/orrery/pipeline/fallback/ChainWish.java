package dev.orrery.pipeline.fallback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be asked, before any rule was looked at.
 *
 * @param primary what is asked first
 * @param regions what the configuration says about regions
 * @param fallbacks the chain that stands in place of any rule, taken literally and with nothing
 *     appended; empty for no fallback at all, null to follow the rules
 */
public record ChainWish(
        ChainStep primary, RegionWish regions, @Nullable List<ChainStep> fallbacks) {

    public ChainWish {
        fallbacks = fallbacks == null ? null : List.copyOf(fallbacks);
    }

    /**
     * The primary alone, by the rules.
     *
     * @param provider any case; null is taken for an empty one, which no rule knows
     * @param model null is taken for an empty one
     * @param retry further tries of the primary, 0 to 5
     */
    public static ChainWish of(@Nullable String provider, @Nullable String model, int retry) {
        var primary =
                new ChainStep(
                        provider == null ? "" : provider, model == null ? "" : model, null, retry);
        return new ChainWish(primary, RegionWish.NONE, null);
    }

    public ChainWish in(RegionWish wanted) {
        return new ChainWish(primary, wanted, fallbacks);
    }

    /** Asked by a user of this country, two letters of ISO 3166; null when it is not known. */
    public ChainWish from(@Nullable String country) {
        return in(regions.from(country));
    }

    /** Followed by these and no others; null for the rules. */
    public ChainWish then(@Nullable List<ChainStep> wanted) {
        return new ChainWish(primary, regions, wanted);
    }
}
