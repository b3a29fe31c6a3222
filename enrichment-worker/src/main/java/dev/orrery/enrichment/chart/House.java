package dev.orrery.enrichment.chart;

import java.util.List;

/**
 * A house of a divisional chart.
 *
 * @param number 1 to 12
 * @param grahas who stands in it, in the order of {@link Graha}
 */
public record House(int number, Sign sign, List<Graha> grahas) {

    static final int COUNT = 12;

    public House {
        grahas = List.copyOf(grahas);
    }
}
