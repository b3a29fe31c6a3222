package dev.orrery.ingest.admin.rules;

import dev.orrery.ingest.admin.providers.Providers;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.http.Fields;
import java.util.List;

/** Steps of a chain as people write them: {@code {"provider", "model", "region", "retry"}}. */
public final class ChainSteps {

    /** Longer chains cannot fit into any deadline. */
    private static final int MOST_STEPS = 20;

    private ChainSteps() {}

    /** The steps of a field, repeats meant literally; none when nothing is said. */
    public static List<ChainStep> of(Fields document, String field, Providers providers) {
        return document.objects(field, MOST_STEPS, step -> step(step, providers));
    }

    private static ChainStep step(Fields step, Providers providers) {
        step.allowing("provider", "model", "region", "retry");
        var provider = providers.provider(step, "provider");
        if (step.mentions("retry") && !step.has("retry")) {
            throw step.invalid("retry", "null (expected: 0 to 5, or nothing)");
        }
        return new ChainStep(
                provider,
                Providers.model(step, "model"),
                providers.region(step, "region", provider),
                (int) step.wholeNumber("retry", 0, ChainStep.MOST_RETRIES, 0));
    }
}
