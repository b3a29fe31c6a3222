package dev.orrery.enrichment.cache;

import dev.orrery.events.CacheLayer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer, and where it was found.
 *
 * @param fetchedAt when the service was asked
 * @param freshUntil from when on it has to be asked again; null for never
 * @param fresh whether it was within its freshness when it was found
 */
public record Found<D>(
        D document,
        Instant fetchedAt,
        @Nullable Instant freshUntil,
        CacheLayer layer,
        boolean fresh) {

    /** Nothing of the document: it may be personal data. */
    @Override
    public String toString() {
        return "Found[" + layer + ", fetchedAt=" + fetchedAt + ", fresh=" + fresh + "]";
    }
}
