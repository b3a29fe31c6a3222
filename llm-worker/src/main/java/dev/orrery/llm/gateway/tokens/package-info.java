/** Which service is calling. */
@NullMarked
package dev.orrery.llm.gateway.tokens;

import org.jspecify.annotations.NullMarked;
