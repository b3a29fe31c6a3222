/** The LLM worker: runs the fallback chain of a rendered prompt and streams the answer. */
@NullMarked
package dev.orrery.llm;

import org.jspecify.annotations.NullMarked;
