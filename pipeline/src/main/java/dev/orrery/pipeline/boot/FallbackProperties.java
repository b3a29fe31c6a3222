package dev.orrery.pipeline.boot;

import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.FallbackSettings;
import dev.orrery.pipeline.fallback.RegionTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What comes after a model that has failed, besides the rules in the database.
 *
 * @param universal {@code provider/model} of the step that ends a chain
 * @param refresh how late a changed rule is seen, above 0
 * @param readTimeLimit limit of one reading of the rules, above 0
 * @param patience how long the rules may take to be readable at the start, above 0
 * @param regions by code of the provider; one that is named here replaces what is built in for it
 */
@ConfigurationProperties("orrery.fallback")
record FallbackProperties(
        @DefaultValue("gemini/gemini-2.0-flash") String universal,
        @DefaultValue("30s") Duration refresh,
        @DefaultValue("2s") Duration readTimeLimit,
        @DefaultValue("60s") Duration patience,
        @DefaultValue Map<String, Regions> regions) {

    /**
     * @param defaultRegion where calls go when nothing decides otherwise
     * @param fallbackRegions where they go after that, in this order
     * @param countries by region, the users' countries it comes first for
     */
    record Regions(
            @DefaultValue("") String defaultRegion,
            @DefaultValue List<String> fallbackRegions,
            @DefaultValue Map<String, List<String>> countries) {

        Regions {
            if (defaultRegion.isBlank()) {
                throw new IllegalArgumentException(
                        "orrery.fallback.regions.default-region: nothing (expected: the name of a region)");
            }
        }

        RegionTable table() {
            return new RegionTable(defaultRegion, fallbackRegions, countries);
        }
    }

    FallbackProperties {
        requirePositive("refresh", refresh);
        requirePositive("read-time-limit", readTimeLimit);
        requirePositive("patience", patience);
        universal(universal);
    }

    FallbackSettings settings() {
        var tables = new HashMap<>(FallbackSettings.DEFAULT.regions());
        regions.forEach((provider, stated) -> tables.put(provider, stated.table()));
        return new FallbackSettings(universal(universal), tables);
    }

    /** Models may have slashes of their own. */
    private static ChainStep universal(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException(
                    "orrery.fallback.universal: "
                            + text
                            + " (expected: provider/model, for example gemini/gemini-2.0-flash)");
        }
        return ChainStep.of(text.substring(0, slash), text.substring(slash + 1));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.fallback." + name + ": " + value + " (expected: above 0)");
        }
    }
}
