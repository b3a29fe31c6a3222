/** A text with placeholders, compiled once and rendered in a single pass. */
@NullMarked
package dev.orrery.prompt.template;

import org.jspecify.annotations.NullMarked;
