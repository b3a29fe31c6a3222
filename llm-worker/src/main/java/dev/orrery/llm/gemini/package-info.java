/** The Gemini API of Google. */
@NullMarked
package dev.orrery.llm.gemini;

import org.jspecify.annotations.NullMarked;
