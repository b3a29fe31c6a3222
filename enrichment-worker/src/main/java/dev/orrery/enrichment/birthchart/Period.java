package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.Graha;
import java.time.OffsetDateTime;

/**
 * A Vimshottari period.
 *
 * @param ruler the body that rules it
 * @param start to the minute, in the zone of the birth
 * @param end the same; after the start
 */
record Period(Graha ruler, OffsetDateTime start, OffsetDateTime end) {

    Period {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("end: not after the start (expected: later)");
        }
    }
}
