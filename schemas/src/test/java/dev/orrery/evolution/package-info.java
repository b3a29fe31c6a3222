/** How events may change: every version there has been is kept, and must stay readable. */
@NullMarked
package dev.orrery.evolution;

import org.jspecify.annotations.NullMarked;
