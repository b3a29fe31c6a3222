package dev.orrery.pipeline.fallback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The regions of a provider that has some.
 *
 * @param defaultRegion where calls go when nothing decides otherwise
 * @param fallbackRegions where calls go after the first region has failed, in this order
 * @param countries for each region, the countries whose users it serves first: two letters of ISO
 *     3166
 */
public record RegionTable(
        String defaultRegion, List<String> fallbackRegions, Map<String, List<String>> countries) {

    /** Of Bedrock, unless the settings say otherwise. */
    public static final RegionTable BEDROCK =
            new RegionTable(
                    "ap-south-1",
                    List.of("us-east-1", "eu-west-1"),
                    Map.of(
                            "ap-south-1",
                            List.of("IN", "BD", "BT", "LK", "MV", "NP", "PK"),
                            "us-east-1",
                            List.of("US", "CA", "MX", "BR", "AR", "CL", "CO", "PE"),
                            "eu-west-1",
                            List.of(
                                    "GB", "IE", "DE", "FR", "ES", "PT", "IT", "NL", "BE", "LU",
                                    "AT", "CH", "DK", "SE", "NO", "FI", "PL", "CZ", "GR", "RO")));

    public RegionTable {
        requireNamed(defaultRegion);
        fallbackRegions = List.copyOf(fallbackRegions);
        fallbackRegions.forEach(RegionTable::requireNamed);
        countries = copyOf(countries);
    }

    /**
     * The named region, else the default; the country's before the default only where a chain may
     * cross regions, so that nobody else's calls move with their users.
     */
    String first(RegionWish wish) {
        if (wish.name() != null) {
            return wish.name();
        }
        var country = wish.everywhere() ? wish.country() : null;
        var near = country == null ? null : of(country);
        return near == null ? defaultRegion : near;
    }

    /** The first region and then the others, each once. */
    List<String> all(RegionWish wish) {
        var regions = new LinkedHashSet<String>();
        regions.add(first(wish));
        regions.addAll(fallbackRegions);
        return new ArrayList<>(regions);
    }

    private @Nullable String of(String country) {
        var code = country.toUpperCase(Locale.ROOT);
        for (var region : countries.entrySet()) {
            if (region.getValue().contains(code)) {
                return region.getKey();
            }
        }
        return null;
    }

    private static Map<String, List<String>> copyOf(Map<String, List<String>> countries) {
        var copy = new LinkedHashMap<String, List<String>>();
        var seen = new LinkedHashSet<String>();
        countries.forEach((region, codes) -> {
            requireNamed(region);
            for (var code : codes) {
                if (!code.matches("[A-Z]{2}") || !seen.add(code)) {
                    throw new IllegalArgumentException(
                            "countries of "
                                    + region
                                    + ": "
                                    + code
                                    + " (expected: two capital letters, in one region only)");
                }
            }
            copy.put(region, List.copyOf(codes));
        });
        return Map.copyOf(copy);
    }

    private static void requireNamed(String region) {
        if (region.isBlank()) {
            throw new IllegalArgumentException("region: blank (expected: a name)");
        }
    }
}
