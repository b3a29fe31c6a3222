package dev.orrery.ingest.admin.experiments;

import org.jspecify.annotations.Nullable;

/**
 * A mean over turns that knows how sure it is. Users are drawn into an arm, not turns: the turns of
 * one user are alike, and fifty of them say less than fifty users do. So the spread is taken
 * between users (the ratio estimator of W. G. Cochran, "Sampling Techniques", 1977, section 6.3),
 * and a share counts for as many trials as would be as sure (J. N. K. Rao and A. J. Scott, "A
 * simple method for the analysis of clustered binary data", Biometrics 48, 1992).
 *
 * @param users who have at least one observation
 * @param observations of all of them
 * @param mean over observations; 0 when there are none
 * @param variance of the mean; 0 when it cannot be told
 */
record Estimate(long users, double observations, double mean, double variance) {

    /** Below that, a spread between users is a guess. */
    private static final long FEWEST_USERS = 10;

    static final Estimate NOTHING = new Estimate(0, 0, 0, 0);

    /**
     * The estimate of a measure.
     *
     * @param total sum over all observations
     * @param squares over users, the sum of (their total − mean × their observations)²
     */
    static Estimate of(long users, double observations, double total, double squares) {
        if (observations == 0) {
            return NOTHING;
        }
        double variance =
                users < 2 ? 0 : users / (users - 1.0) * squares / (observations * observations);
        return new Estimate(users, observations, total / observations, variance);
    }

    boolean isThere() {
        return observations > 0;
    }

    boolean hasEnoughUsers() {
        return users >= FEWEST_USERS;
    }

    /**
     * For a share: how many independent trials would be as sure, at most the observations. Where
     * all observations are of one kind, nothing shows how alike those of one user are; they may be
     * as alike as can be, so a user is one trial.
     */
    double trials() {
        if (users < 2 || mean <= 0 || mean >= 1) {
            return users;
        }
        double independent = mean * (1 - mean) / observations;
        return variance <= independent ? observations : independent / variance * observations;
    }

    /** Of a share. */
    Significance.Interval interval() {
        return Significance.wilson(mean, trials());
    }

    /** Of a mean of what is never below 0; null while there is no second user to tell a spread. */
    Significance.@Nullable Interval intervalOfMean() {
        if (users < 2) {
            return null;
        }
        var interval = Significance.student(mean, variance, users - 1.0);
        return new Significance.Interval(Math.max(0, interval.low()), interval.high());
    }

    /** How often chance would part them this far, if they were the same. */
    double sameness(Estimate other, boolean isRate) {
        return isRate
                ? Significance.twoShares(mean, trials(), other.mean, other.trials())
                : Significance.twoMeans(
                        mean, variance, users - 1.0, other.mean, other.variance, other.users - 1.0);
    }

    /**
     * For two shares: whether the normal distribution may stand in for the true one, by the rule of
     * W. G. Cochran (1954): at least five of each kind expected on each side.
     */
    boolean isComparable(Estimate other) {
        double all = trials() + other.trials();
        double pooled = (mean * trials() + other.mean * other.trials()) / all;
        double fewest = Math.min(trials(), other.trials());
        return fewest * pooled >= 5 && fewest * (1 - pooled) >= 5;
    }
}
