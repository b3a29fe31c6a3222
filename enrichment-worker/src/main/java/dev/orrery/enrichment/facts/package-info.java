/** From the wants of a turn to its facts. */
@NullMarked
package dev.orrery.enrichment.facts;

import org.jspecify.annotations.NullMarked;
