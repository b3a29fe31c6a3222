/** Answers that are given more than once. */
@NullMarked
package dev.orrery.llm.gateway.reuse;

import org.jspecify.annotations.NullMarked;
