/** The clock that time limits are measured with. */
@NullMarked
package dev.orrery.llm.time;

import org.jspecify.annotations.NullMarked;
