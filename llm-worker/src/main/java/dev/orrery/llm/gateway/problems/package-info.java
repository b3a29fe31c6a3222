/** How the gateway says no: one catalogue of problems. */
@NullMarked
package dev.orrery.llm.gateway.problems;

import org.jspecify.annotations.NullMarked;
