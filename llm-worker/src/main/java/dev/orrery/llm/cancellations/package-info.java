/** Stops the run of a turn that somebody has ended. */
@NullMarked
package dev.orrery.llm.cancellations;

import org.jspecify.annotations.NullMarked;
