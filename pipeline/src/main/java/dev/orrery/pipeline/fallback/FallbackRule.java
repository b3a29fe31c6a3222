package dev.orrery.pipeline.fallback;

import java.util.List;

/**
 * What follows a call that has failed.
 *
 * @param provider of that call, in lower case
 * @param model of that call, case counts; {@code *} for any that has no rule of its own
 * @param steps in this order, repeats meant literally
 * @param appendUniversal whether the universal step comes last
 */
public record FallbackRule(
        String provider, String model, List<ChainStep> steps, boolean appendUniversal) {

    static final String ANY_MODEL = "*";

    public FallbackRule {
        steps = List.copyOf(steps);
    }
}
