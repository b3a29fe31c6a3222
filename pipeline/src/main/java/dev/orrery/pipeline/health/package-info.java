/** When a worker calls itself unwell. */
@NullMarked
package dev.orrery.pipeline.health;

import org.jspecify.annotations.NullMarked;
