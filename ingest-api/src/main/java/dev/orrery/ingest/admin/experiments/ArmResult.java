package dev.orrery.ingest.admin.experiments;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the turns of one arm. Turns that another model answered, because the arm's own had
 * failed, are counted apart and are neither success nor failure: whatever is measured below them is
 * of answers of the arm's own model.
 *
 * @param users who were placed in it and came
 * @param turns all that were accepted under it
 * @param open of these, not ended yet
 * @param cancelled of these, stopped by their user
 * @param answered of these, by the arm's own model
 * @param answeredByFallback of these, by another one
 * @param failed of these, by none
 * @param crisis of these, those whose user was helped instead of answered: they say nothing of the
 *     arm
 * @param success share of the answered among the answered and the failed
 * @param thumbs share of thumbs up among the rated
 * @param costMicros of the answers whose cost is known
 */
record ArmResult(
        String name,
        long users,
        long turns,
        long open,
        long cancelled,
        long answered,
        long answeredByFallback,
        long failed,
        long crisis,
        @Nullable Rate success,
        @Nullable Thumbs thumbs,
        @Nullable Spread latencyMs,
        @Nullable Spread firstTokenMs,
        @Nullable Amount chargeMicros,
        @Nullable Amount costMicros) {

    /**
     * A share and where the true one lies, 19 times out of 20.
     *
     * @param of how many it is a share of
     */
    record Rate(double rate, double low, double high, long of) {

        static @Nullable Rate of(Estimate estimate) {
            if (!estimate.isThere()) {
                return null;
            }
            var interval = estimate.interval();
            return new Rate(
                    estimate.mean(),
                    interval.low(),
                    interval.high(),
                    Math.round(estimate.observations()));
        }
    }

    record Thumbs(long up, long down, double rate, double low, double high) {

        static @Nullable Thumbs of(Estimate estimate) {
            var rate = Rate.of(estimate);
            if (rate == null) {
                return null;
            }
            long up = Math.round(rate.rate() * rate.of());
            return new Thumbs(up, rate.of() - up, rate.rate(), rate.low(), rate.high());
        }
    }

    /**
     * Of durations, in milliseconds.
     *
     * @param low where the true mean lies, 19 times out of 20; null while fewer than two users have
     *     been measured, like high
     */
    record Spread(
            double mean, @Nullable Double low, @Nullable Double high, double p50, double p95) {

        static @Nullable Spread of(Estimate estimate, @Nullable List<Double> percentiles) {
            if (percentiles == null || !estimate.isThere()) {
                return null;
            }
            var interval = estimate.intervalOfMean();
            return new Spread(
                    estimate.mean(),
                    interval == null ? null : interval.low(),
                    interval == null ? null : interval.high(),
                    percentiles.get(0),
                    percentiles.get(1));
        }
    }

    /**
     * Of money, in millionths: what users paid, in the bot's currency, or what providers bill, in
     * US dollars.
     *
     * @param low as in {@link Spread}, like high
     */
    record Amount(double mean, @Nullable Double low, @Nullable Double high, long total) {

        static @Nullable Amount of(Estimate estimate) {
            if (!estimate.isThere()) {
                return null;
            }
            var interval = estimate.intervalOfMean();
            return new Amount(
                    estimate.mean(),
                    interval == null ? null : interval.low(),
                    interval == null ? null : interval.high(),
                    Math.round(estimate.mean() * estimate.observations()));
        }
    }
}
