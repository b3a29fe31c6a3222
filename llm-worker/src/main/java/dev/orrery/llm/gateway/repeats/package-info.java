/** Requests that come again: the same answer, without another call. */
@NullMarked
package dev.orrery.llm.gateway.repeats;

import org.jspecify.annotations.NullMarked;
