/** A model that plays a script instead of thinking. */
@NullMarked
package dev.orrery.llm.scripted;

import org.jspecify.annotations.NullMarked;
