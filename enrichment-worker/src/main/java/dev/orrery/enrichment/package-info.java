/** The enrichment worker: the external facts of a turn are gathered, or their absence is stated. */
@NullMarked
package dev.orrery.enrichment;

import org.jspecify.annotations.NullMarked;
