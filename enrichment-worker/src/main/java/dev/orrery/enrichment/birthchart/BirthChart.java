package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Sign;
import dev.orrery.enrichment.source.Document;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;

/**
 * A birth chart as it is kept: a permanent part, the positions, and a running part, the periods.
 * Immutable.
 *
 * @param ascendant the rising sign
 * @param positions one for each of the nine bodies, in their order
 * @param dashas the periods that ran when the service was asked, the longest first: major, minor
 *     and as many more as are shown
 */
record BirthChart(Sign ascendant, List<Position> positions, List<Period> dashas)
        implements Document {

    static final int FEWEST_DASHAS = 2;

    BirthChart {
        positions = List.copyOf(positions);
        dashas = List.copyOf(dashas);
        if (!positions.stream().map(Position::graha).toList().equals(Graha.ALL)) {
            throw new IllegalArgumentException("positions: not one for each body, in order");
        }
        if (dashas.size() < FEWEST_DASHAS) {
            throw new IllegalArgumentException(
                    "dashas: " + dashas.size() + " (expected: >= " + FEWEST_DASHAS + ")");
        }
    }

    Position of(Graha graha) {
        return positions.get(graha.ordinal());
    }

    Period major() {
        return dashas.get(0);
    }

    Period minor() {
        return dashas.get(1);
    }

    /** The end of the period that ends first among those that are shown. */
    @Override
    public Instant freshUntil() {
        return dashas.stream()
                .map(Period::end)
                .map(OffsetDateTime::toInstant)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
