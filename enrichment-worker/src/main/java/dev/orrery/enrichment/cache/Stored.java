package dev.orrery.enrichment.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer as the layers keep it. Immutable, so that a layer may hand it to everybody.
 *
 * @param document the normalised answer, JSON
 * @param fetchedAt when the service was asked; the layers keep milliseconds
 * @param freshUntil from when on it has to be asked again; null for never
 */
record Stored(String document, Instant fetchedAt, @Nullable Instant freshUntil) {

    boolean isFresh(Instant now) {
        return freshUntil == null || now.isBefore(freshUntil);
    }

    /** Nothing of the document: a chart is personal data. */
    @Override
    public String toString() {
        return "Stored[fetchedAt=" + fetchedAt + ", freshUntil=" + freshUntil + "]";
    }
}
