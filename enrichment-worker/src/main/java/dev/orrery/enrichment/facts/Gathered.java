package dev.orrery.enrichment.facts;

import dev.orrery.enrichment.source.Format;
import dev.orrery.events.CacheLayer;
import java.time.Instant;
import java.util.Map;

/** What became of the search for one kind of data. */
sealed interface Gathered {

    /**
     * It is there.
     *
     * @param fresh whether it is within its freshness
     * @param texts it in every format that was wanted
     */
    record Present(CacheLayer layer, boolean fresh, Instant fetchedAt, Map<Format, String> texts)
            implements Gathered {}

    /**
     * It cannot be had.
     *
     * @param code stable, says why
     */
    record Absent(String code) implements Gathered {}
}
