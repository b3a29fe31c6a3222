package dev.orrery.ingest.admin.providers;

import dev.orrery.pipeline.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The providers that are enabled, as the registry had them a moment ago; the database has the last
 * word.
 *
 * @param regions by code of the provider; none where it has no regions
 */
public record Providers(Map<String, List<String>> regions) {

    /** As {@code llm.is_fallback_step} has it. */
    private static final Pattern MODEL = Pattern.compile("\\S(.{0,98}\\S)?");

    public Providers {
        regions = Map.copyOf(regions);
    }

    /** The field's text, which has to be the code of a provider. */
    public String provider(Fields document, String field) {
        var code = document.text(field, 50);
        if (!regions.containsKey(code)) {
            throw document.invalid(
                    field,
                    "unknown or disabled (expected: one of "
                            + String.join(", ", regions.keySet().stream().sorted().toList())
                            + ")");
        }
        return code;
    }

    /** The field's text, as a provider's own name of a model: case counts, no blanks around it. */
    public static String model(Fields document, String field) {
        var model = document.text(field, 100);
        if (!MODEL.matcher(model).matches()) {
            throw document.invalid(
                    field, "blanks around it, or a line break (expected: the model's name alone)");
        }
        return model;
    }

    /** The field's text, which has to be a region of the provider; null when nothing is said. */
    public @Nullable String region(Fields document, String field, String provider) {
        var region = document.optionalText(field, 64);
        var known = regions.getOrDefault(provider, List.of());
        if (region != null && !known.contains(region)) {
            throw document.invalid(
                    field,
                    known.isEmpty()
                            ? "not for " + provider + " (expected: nothing, it has no regions)"
                            : "no region of "
                                    + provider
                                    + " (expected: one of "
                                    + String.join(", ", known)
                                    + ")");
        }
        return region;
    }
}
