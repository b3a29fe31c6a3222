/** A text with placeholders, compiled once and rendered in a single pass. */
@NullMarked
package dev.orrery.pipeline.prompt.template;

import org.jspecify.annotations.NullMarked;
