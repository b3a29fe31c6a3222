package dev.orrery.ingest.admin.rules;

import dev.orrery.pipeline.fallback.ChainStep;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What rules are looked at against.
 *
 * @param universal {@code provider/model} of the step that ends a chain, as the workers have it
 */
@ConfigurationProperties("orrery.fallback")
record RuleSettings(@DefaultValue("gemini/gemini-2.0-flash") String universal) {

    RuleSettings {
        step(universal);
    }

    ChainStep universalStep() {
        return step(universal);
    }

    /** Models may have slashes of their own. */
    private static ChainStep step(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException(
                    "orrery.fallback.universal: " + text + " (expected: provider/model)");
        }
        return ChainStep.of(text.substring(0, slash), text.substring(slash + 1));
    }
}
