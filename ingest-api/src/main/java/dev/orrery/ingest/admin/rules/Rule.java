package dev.orrery.ingest.admin.rules;

import dev.orrery.ingest.admin.providers.Providers;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.FallbackRule;
import dev.orrery.pipeline.fallback.RuleLint;
import dev.orrery.pipeline.http.Fields;
import java.util.List;

/**
 * A rule as it is kept: what is asked after a model has failed.
 *
 * @param model of the call that failed, case counts; {@code *} for any that has no rule of its own
 * @param steps in this order, repeats meant literally
 * @param appendUniversal whether the universal step comes last
 * @param enabled false keeps it without following it
 * @param note why it is so, for people
 */
record Rule(
        String name,
        String provider,
        String model,
        List<ChainStep> steps,
        boolean appendUniversal,
        boolean enabled,
        String note) {

    private static final int LONGEST_NAME = 100;
    private static final String ANY_MODEL = "*";

    Rule {
        steps = List.copyOf(steps);
    }

    static Rule of(String name, Fields document, Providers providers) {
        document.allowing("provider", "model", "steps", "append_universal", "enabled", "note");
        if (!isName(name)) {
            throw document.invalid(
                    "name", "not a name (expected: a-z and 0-9, in words joined by . or -)");
        }
        if (!document.has("steps")) {
            throw document.invalid("steps", "missing (expected: a list, maybe an empty one)");
        }
        var note = document.optionalText("note", 1_000);
        var rule =
                new Rule(
                        name,
                        providers.provider(document, "provider"),
                        document.has("model") ? Providers.model(document, "model") : ANY_MODEL,
                        ChainSteps.of(document, "steps", providers),
                        document.flag("append_universal", true),
                        document.flag("enabled", true),
                        note == null ? "" : note);
        if (rule.steps.isEmpty() && !rule.appendUniversal) {
            throw document.invalid(
                    "steps", "leads nowhere (expected: a step, or append_universal)");
        }
        return rule;
    }

    static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && name.matches("[a-z0-9]+([.-][a-z0-9]+)*");
    }

    String subject() {
        return "fallback-rule/" + name;
    }

    /** What an author should look at again, though it works. */
    List<String> warnings(ChainStep universal) {
        return RuleLint.warnings(
                new FallbackRule(provider, model, steps, appendUniversal), universal);
    }
}
