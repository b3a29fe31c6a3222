package dev.orrery.pipeline.fallback;

import java.util.List;

/**
 * A chain, as it is to be walked.
 *
 * @param steps the primary first; never empty. Repeats are literal: who walks the chain passes over
 *     what would ask the same again, and shows that it did
 * @param undefined whether no rule knew the provider, so that only the universal step follows
 */
public record ChainPlan(List<ChainStep> steps, boolean undefined) {

    public ChainPlan {
        steps = List.copyOf(steps);
    }
}
