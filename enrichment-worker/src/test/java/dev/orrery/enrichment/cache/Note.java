package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.Document;
import java.time.Instant;

/** A document that says something until some time. */
record Note(String text, Instant freshUntil) implements Document {}
