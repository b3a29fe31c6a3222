/** New identifiers. */
@NullMarked
package dev.orrery.ingest.ids;

import org.jspecify.annotations.NullMarked;
