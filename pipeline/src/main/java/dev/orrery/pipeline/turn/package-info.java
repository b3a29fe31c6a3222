/** The turn's row in PostgreSQL: the only ways to move it, and the events it gives rise to. */
@NullMarked
package dev.orrery.pipeline.turn;

import org.jspecify.annotations.NullMarked;
