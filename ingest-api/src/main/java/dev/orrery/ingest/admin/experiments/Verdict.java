package dev.orrery.ingest.admin.experiments;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the goal of an experiment says of its arms.
 *
 * @param test what was asked: two_proportions or welch
 * @param winner null when none is proven
 * @param p how often chance would part the best arm and the one that comes nearest this far; null
 *     when that could not be asked
 * @param alpha what p has to be below: 0.05, divided by the pairs of arms (Bonferroni)
 * @param because one sentence, for people
 */
record Verdict(
        Goal goal,
        String test,
        @Nullable String winner,
        @Nullable Double p,
        double alpha,
        String because) {

    private static final double ERROR = 0.05;

    /**
     * Compares the best arm with every other one; it wins when none of them could be its equal by
     * chance.
     *
     * @param arms estimates of the goal by name, every arm of the experiment
     */
    static Verdict of(Goal goal, Map<String, Estimate> arms) {
        double alpha = ERROR / (arms.size() * (arms.size() - 1) / 2.0);
        if (arms.values().stream().anyMatch(arm -> !arm.hasEnoughUsers())) {
            return undecided(goal, null, alpha, "an arm has been measured on fewer than 10 users");
        }
        var ranked = ranked(goal, arms);
        var best = ranked.getFirst();
        double p = 0;
        for (var other : ranked.subList(1, ranked.size())) {
            if (goal.isRate() && !best.getValue().isComparable(other.getValue())) {
                return undecided(
                        goal, null, alpha, "too few observations of one kind to tell them apart");
            }
            p = Math.max(p, best.getValue().sameness(other.getValue(), goal.isRate()));
        }
        return p < alpha
                ? new Verdict(
                        goal,
                        test(goal),
                        best.getKey(),
                        p,
                        alpha,
                        best.getKey() + " is better than every other arm")
                : undecided(goal, p, alpha, "chance may have made the difference");
    }

    private static List<Map.Entry<String, Estimate>> ranked(Goal goal, Map<String, Estimate> arms) {
        var byMean =
                Comparator.comparingDouble(
                        (Map.Entry<String, Estimate> arm) -> arm.getValue().mean());
        return arms.entrySet().stream()
                .sorted(goal.moreIsBetter() ? byMean.reversed() : byMean)
                .toList();
    }

    private static Verdict undecided(Goal goal, @Nullable Double p, double alpha, String because) {
        return new Verdict(goal, test(goal), null, p, alpha, because);
    }

    private static String test(Goal goal) {
        return goal.isRate() ? "two_proportions" : "welch";
    }
}
