/**
 * Facts that are asked for while a turn is answered, by a model's tool: from the same sources and
 * caches as those that were gathered before it.
 */
@NullMarked
package dev.orrery.enrichment.factsapi;

import org.jspecify.annotations.NullMarked;
