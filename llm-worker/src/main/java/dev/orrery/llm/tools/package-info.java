/** Calls for tools: carried out between two rounds of a conversation. */
@NullMarked
package dev.orrery.llm.tools;

import org.jspecify.annotations.NullMarked;
