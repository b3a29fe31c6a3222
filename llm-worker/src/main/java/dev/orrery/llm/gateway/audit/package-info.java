/** One line a call: who asked whom, and what came of it. */
@NullMarked
package dev.orrery.llm.gateway.audit;

import org.jspecify.annotations.NullMarked;
