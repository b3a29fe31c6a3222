/** Which providers there are, as configured. */
@NullMarked
package dev.orrery.llm.provider;

import org.jspecify.annotations.NullMarked;
