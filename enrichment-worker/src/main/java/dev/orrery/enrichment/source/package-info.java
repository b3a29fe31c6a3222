/** What a kind of external data is: adding one takes one class. */
@NullMarked
package dev.orrery.enrichment.source;

import org.jspecify.annotations.NullMarked;
