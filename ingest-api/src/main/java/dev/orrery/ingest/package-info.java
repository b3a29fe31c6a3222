/** The door: HTTP in, events out, replies back. */
@NullMarked
package dev.orrery.ingest;

import org.jspecify.annotations.NullMarked;
