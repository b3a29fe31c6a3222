/**
 * Which calls are not worth making: to targets that are down, full, or beyond what may be spent.
 */
@NullMarked
package dev.orrery.llm.guard;

import org.jspecify.annotations.NullMarked;
