package dev.orrery.llm.bedrock;

import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * The regions there are, as the SDK knows them. They become part of a host name and are counted and
 * guarded one by one, so nothing else may pass for one, whatever it looks like.
 */
public final class Regions {

    private static final Set<String> NAMES =
            Region.regions().stream()
                    .filter(region -> !region.isGlobalRegion())
                    .map(Region::id)
                    .collect(Collectors.toUnmodifiableSet());

    private Regions() {}

    /** Their names, such as {@code ap-south-1}. */
    public static Set<String> names() {
        return NAMES;
    }

    static String check(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "region: " + name + " (expected: one that there is, such as ap-south-1)");
        }
        return name;
    }
}
