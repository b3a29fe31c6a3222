/** The Messages API of Anthropic. */
@NullMarked
package dev.orrery.llm.anthropic;

import org.jspecify.annotations.NullMarked;
