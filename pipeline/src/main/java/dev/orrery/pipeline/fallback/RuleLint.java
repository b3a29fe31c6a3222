package dev.orrery.pipeline.fallback;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule is advised against, though it works: the models of one provider first, other
 * providers after them, the universal step last, and no tries again on the way.
 */
public final class RuleLint {

    private RuleLint() {}

    /**
     * One sentence for each thing that an author should look at again; empty for a rule without
     * any.
     *
     * @param universal the step that is appended where a rule says so
     */
    public static List<String> warnings(FallbackRule rule, ChainStep universal) {
        var warnings = new ArrayList<String>();
        addStrangersFirst(rule, warnings);
        addTriesAgain(rule, warnings);
        addOtherEnd(rule, universal, warnings);
        return warnings;
    }

    private static void addStrangersFirst(FallbackRule rule, List<String> warnings) {
        ChainStep stranger = null;
        for (var step : rule.steps()) {
            boolean sibling = step.provider().equals(rule.provider());
            if (!sibling && stranger == null) {
                stranger = step;
            }
            if (sibling && stranger != null) {
                warnings.add(
                        named(stranger)
                                + " comes before "
                                + named(step)
                                + " (expected: first the models of "
                                + rule.provider()
                                + ")");
                return;
            }
        }
    }

    private static void addTriesAgain(FallbackRule rule, List<String> warnings) {
        for (var step : rule.steps()) {
            if (step.retry() > 0) {
                warnings.add(
                        named(step)
                                + " is tried again: retry "
                                + step.retry()
                                + " (expected: 0, the next step is the second try)");
            }
        }
    }

    private static void addOtherEnd(FallbackRule rule, ChainStep universal, List<String> warnings) {
        boolean ends =
                rule.appendUniversal()
                        || (!rule.steps().isEmpty() && asks(rule.steps().getLast(), universal));
        if (!ends) {
            warnings.add("the chain does not end in " + named(universal));
        }
    }

    private static boolean asks(ChainStep step, ChainStep other) {
        return step.provider().equals(other.provider()) && step.model().equals(other.model());
    }

    private static String named(ChainStep step) {
        return step.provider() + "/" + step.model();
    }
}
