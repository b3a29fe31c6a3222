package dev.orrery.enrichment.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A normalised answer: an immutable record that is stored as JSON and read back from it. A document
 * that lacks something must not be constructible, because that is how a damaged copy is recognised.
 */
public interface Document {

    /** From when on the answer has to be asked for again; null for never. */
    @Nullable Instant freshUntil();
}
