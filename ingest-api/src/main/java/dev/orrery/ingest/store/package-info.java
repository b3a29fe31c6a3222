/** How the door asks PostgreSQL: never for long. */
@NullMarked
package dev.orrery.ingest.store;

import org.jspecify.annotations.NullMarked;
