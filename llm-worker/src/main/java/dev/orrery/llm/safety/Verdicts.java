package dev.orrery.llm.safety;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what checks come to: {@code orrery.llm.safety.verdicts} by stage (input, output), by whom
 * (rules, model) and by category: what was found, {@code none}, or {@code unavailable}.
 *
 * <p>Authors name categories, so there may be many: beyond {@value #MOST_CATEGORIES} further ones
 * are {@code other}. May be called on any thread.
 */
final class Verdicts {

    static final int MOST_CATEGORIES = 100;

    private static final String OTHER = "other";

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final MeterRegistry meters;

    Verdicts(MeterRegistry meters) {
        this.meters = meters;
    }

    void byRules(Side side, Ruling ruling) {
        count(side, "rules", ruling);
    }

    void byModel(Side side, Ruling ruling) {
        count(side, "model", ruling);
    }

    private void count(Side side, String by, Ruling ruling) {
        var category =
                switch (ruling) {
                    case Ruling.Passed ignored -> "none";
                    case Ruling.Found found -> tag(found.category());
                    case Ruling.Unjudged ignored -> "unavailable";
                };
        meters.counter(
                        "orrery.llm.safety.verdicts",
                        "stage",
                        side.wireName(),
                        "by",
                        by,
                        "category",
                        category)
                .increment();
    }

    /** Two that come at the same moment may pass the bound by as many. */
    private String tag(String category) {
        if (known.contains(category)) {
            return category;
        }
        if (known.size() >= MOST_CATEGORIES) {
            return OTHER;
        }
        known.add(category);
        return category;
    }
}
