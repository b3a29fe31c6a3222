/** How the gateway says no: one catalogue of problems, one place that writes them. */
@NullMarked
package dev.orrery.llm.gateway.problems;

import org.jspecify.annotations.NullMarked;
