/** The visible side of a run: its text as contiguous events. */
@NullMarked
package dev.orrery.llm.deltas;

import org.jspecify.annotations.NullMarked;
