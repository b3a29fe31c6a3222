/** How an answer looks on the wire, in one piece and as a stream. */
@NullMarked
package dev.orrery.llm.gateway.answer;

import org.jspecify.annotations.NullMarked;
