package dev.orrery.enrichment.chart;

import java.util.Set;

/**
 * Whether Mars stands where it is said to burden a marriage: in house 1, 2, 4, 7, 8 or 12. Schools
 * differ in whether the second counts; it does here, as in the south. What some take for a
 * cancellation is left to the reader of the chart.
 *
 * @param fromAscendant houses counted from the ascendant, as all schools do
 * @param fromMoon counted from the Moon's sign
 * @param fromVenus counted from the sign of Venus
 */
public record Manglik(boolean fromAscendant, boolean fromMoon, boolean fromVenus) {

    private static final Set<Integer> HOUSES = Set.of(1, 2, 4, 7, 8, 12);

    /** How much of it there is. */
    public enum Status {
        ABSENT,
        /** Only from the Moon or Venus. */
        PARTIAL,
        /** From the ascendant. */
        PRESENT
    }

    static Manglik of(Sign mars, Sign ascendant, Sign moon, Sign venus) {
        return new Manglik(
                HOUSES.contains(mars.houseFrom(ascendant)),
                HOUSES.contains(mars.houseFrom(moon)),
                HOUSES.contains(mars.houseFrom(venus)));
    }

    public Status status() {
        if (fromAscendant) {
            return Status.PRESENT;
        }
        return fromMoon || fromVenus ? Status.PARTIAL : Status.ABSENT;
    }
}
