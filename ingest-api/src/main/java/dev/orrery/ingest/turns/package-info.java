/** Turns as the door reads them, and their requests on the way to the topic. */
@NullMarked
package dev.orrery.ingest.turns;

import org.jspecify.annotations.NullMarked;
