package dev.orrery.pipeline.fallback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one moment. Immutable, without I/O, safe on any thread: equal wishes get equal
 * chains.
 */
public final class FallbackRules {

    private record Target(String provider, String model) {}

    private final Map<Target, FallbackRule> rules;
    private final FallbackSettings settings;

    /**
     * @throws IllegalStateException when two rules are for the same provider and model
     */
    public FallbackRules(Collection<FallbackRule> rules, FallbackSettings settings) {
        this.rules =
                rules.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        rule -> new Target(rule.provider(), rule.model()),
                                        Function.identity()));
        this.settings = settings;
    }

    /**
     * The primary, in all its regions where that is wanted; then the fallbacks of the wish, else of
     * the rule for provider and model, else of the rule for the provider, else the universal step.
     */
    public ChainPlan plan(ChainWish wish) {
        var rule = wish.fallbacks() == null ? ruleFor(wish.primary()) : null;
        boolean undefined = wish.fallbacks() == null && rule == null;
        var steps = new ArrayList<>(primaries(wish));
        for (var fallback : fallbacks(wish, rule)) {
            steps.add(placed(fallback, wish.regions()));
        }
        return new ChainPlan(steps, undefined);
    }

    private @Nullable FallbackRule ruleFor(ChainStep primary) {
        var own = rules.get(new Target(primary.provider(), primary.model()));
        return own != null
                ? own
                : rules.get(new Target(primary.provider(), FallbackRule.ANY_MODEL));
    }

    private List<ChainStep> fallbacks(ChainWish wish, @Nullable FallbackRule rule) {
        if (wish.fallbacks() != null) {
            return wish.fallbacks();
        }
        var steps = new ArrayList<ChainStep>();
        if (rule != null) {
            steps.addAll(rule.steps());
        }
        if (rule == null || rule.appendUniversal()) {
            steps.add(settings.universal());
        }
        return steps;
    }

    /** Only the first is tried again: the other regions are fallbacks. */
    private List<ChainStep> primaries(ChainWish wish) {
        var primary = wish.primary();
        var table = settings.regions().get(primary.provider());
        if (table == null || primary.region() != null) {
            return List.of(primary);
        }
        if (!wish.regions().everywhere()) {
            var named = wish.regions().name();
            return List.of(named == null ? primary : primary.in(named));
        }
        var regions = table.all(wish.regions());
        var steps = new ArrayList<ChainStep>();
        steps.add(primary.in(regions.getFirst()));
        for (var region : regions.subList(1, regions.size())) {
            steps.add(primary.once().in(region));
        }
        return steps;
    }

    /**
     * A step's own region stands; else it is the configuration's, as long as there is a
     * configuration.
     */
    private ChainStep placed(ChainStep step, RegionWish wish) {
        var table = settings.regions().get(step.provider());
        return table == null || step.region() != null || !wish.stated()
                ? step
                : step.in(table.first(wish));
    }
}
