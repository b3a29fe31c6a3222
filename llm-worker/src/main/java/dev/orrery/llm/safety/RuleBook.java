package dev.orrery.llm.safety;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.events.TextPolicy;
import java.util.EnumMap;
import java.util.Map;

/**
 * The phrases of policies, compiled. A revision never changes, so its phrases are remembered,
 * within a bound. Thread safety: may be asked on any thread; never blocks.
 */
final class RuleBook {

    /** In nodes, of about 80 bytes each. */
    private static final long MOST_REMEMBERED = 500_000;

    private record Page(String revision, Side side) {}

    private final Map<Side, BuiltInPhrases> builtIn = new EnumMap<>(Side.class);
    private final Map<Side, Phrases> builtInAlone = new EnumMap<>(Side.class);
    private final Cache<Page, Phrases> remembered =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_REMEMBERED)
                    .weigher((Page page, Phrases phrases) -> phrases.size())
                    .build();

    /** Reads the lists that are shipped: not to be called on an event loop. */
    RuleBook() {
        for (var side : Side.values()) {
            var list = BuiltInPhrases.of(side);
            var phrases = new Phrases.Builder();
            list.addTo(phrases);
            builtIn.put(side, list);
            builtInAlone.put(side, phrases.build());
        }
    }

    /**
     * What is looked for.
     *
     * @param policy of the revision
     */
    Phrases of(Side side, TextPolicy policy, String revision) {
        if (policy.getPhrases().isEmpty()) {
            return policy.getBuiltIn()
                    ? builtInAlone.getOrDefault(side, Phrases.NONE)
                    : Phrases.NONE;
        }
        var page = new Page(revision, side);
        var known = remembered.getIfPresent(page);
        if (known != null) {
            return known;
        }
        var compiled = compiled(side, policy);
        remembered.put(page, compiled);
        return compiled;
    }

    private Phrases compiled(Side side, TextPolicy policy) {
        var phrases = new Phrases.Builder();
        var shipped = builtIn.get(side);
        if (policy.getBuiltIn() && shipped != null) {
            shipped.addTo(phrases);
        }
        for (var list : policy.getPhrases()) {
            list.getPhrases().forEach(phrase -> phrases.finding(phrase, list.getCategory()));
        }
        return phrases.build();
    }
}
