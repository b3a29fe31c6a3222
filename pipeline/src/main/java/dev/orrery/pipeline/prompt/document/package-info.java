/** Structured prompts: an author's document of sections, and how a scene fills it. */
@NullMarked
package dev.orrery.pipeline.prompt.document;

import org.jspecify.annotations.NullMarked;
