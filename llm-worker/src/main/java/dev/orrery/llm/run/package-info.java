/** One run: from the lease to the announced end. */
@NullMarked
package dev.orrery.llm.run;

import org.jspecify.annotations.NullMarked;
