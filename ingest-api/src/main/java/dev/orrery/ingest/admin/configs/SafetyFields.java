package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.admin.providers.Providers;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.safety.MalformedSafety;
import dev.orrery.pipeline.safety.Safety;
import dev.orrery.pipeline.safety.TextCheck;
import tools.jackson.databind.json.JsonMapper;

/** How texts are to be checked, as {@link Safety} reads it. */
final class SafetyFields {

    private static final String SAFETY = "safety";

    /** Of JSON; what it may hold is bounded more narrowly, field by field. */
    private static final int MOST_BYTES = 256 * 1024;

    private SafetyFields() {}

    static void require(Fields metadata, Providers providers) {
        var stated = metadata.optionalJson(SAFETY, MOST_BYTES);
        if (stated == null) {
            return;
        }
        try {
            var safety = Safety.of(JsonMapper.shared().createObjectNode().set(SAFETY, stated));
            requireProvider(safety.input(), "input", metadata, providers);
            requireProvider(safety.output(), "output", metadata, providers);
        } catch (MalformedSafety malformed) {
            throw metadata.invalid(malformed.field(), malformed.fault());
        }
    }

    private static void requireProvider(
            TextCheck check, String side, Fields metadata, Providers providers) {
        var model = check.model();
        if (model != null && !providers.regions().containsKey(model.provider())) {
            throw metadata.invalid(
                    SAFETY + "." + side + ".model",
                    "unknown or disabled provider (expected: one of "
                            + String.join(
                                    ", ", providers.regions().keySet().stream().sorted().toList())
                            + ", and a slash before the model)");
        }
    }
}
