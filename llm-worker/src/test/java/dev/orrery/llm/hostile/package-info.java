/** Providers that do what no server should. */
@NullMarked
package dev.orrery.llm.hostile;

import org.jspecify.annotations.NullMarked;
