package dev.orrery.llm.gateway;

import dev.orrery.llm.gateway.request.FollowUps;
import dev.orrery.llm.gateway.request.Target;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.pipeline.fallback.RegionWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fallback rules of the database say, the same that prompts follow. */
final class RuledFollowUps implements FollowUps {

    private final Fallbacks rules;

    RuledFollowUps(Fallbacks rules) {
        this.rules = rules;
    }

    @Override
    public List<Target> after(Target primary, @Nullable String region) {
        var wish = ChainWish.of(primary.provider(), primary.model(), primary.retry());
        var placed = region == null ? wish : wish.in(RegionWish.one(region));
        return rules.plan(placed).stream().skip(1).map(RuledFollowUps::target).toList();
    }

    private static Target target(ChainStep step) {
        return new Target(step.provider(), step.model(), step.region(), step.retry(), null);
    }
}
