package dev.orrery.enrichment.chart;

/**
 * Where a graha stands in a chart.
 *
 * @param speed degrees a day
 * @param house whole-sign house, 1 to 12
 * @param combust whether it is lost in the light of the Sun
 */
public record GrahaPlace(Graha graha, ZodiacPoint point, double speed, int house, boolean combust) {

    public boolean retrograde() {
        return speed < 0;
    }

    public Awastha awastha() {
        return Awastha.of(point);
    }
}
