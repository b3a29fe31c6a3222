package dev.orrery.pipeline.fallback;

import java.util.Map;

/**
 * What stands beside the rules.
 *
 * @param universal the step that ends a chain
 * @param regions by code of the provider; one that is not here has no regions
 */
public record FallbackSettings(ChainStep universal, Map<String, RegionTable> regions) {

    public static final FallbackSettings DEFAULT =
            new FallbackSettings(
                    ChainStep.of("gemini", "gemini-2.0-flash"),
                    Map.of("bedrock", RegionTable.BEDROCK));

    public FallbackSettings {
        regions = Map.copyOf(regions);
    }
}
