/** What an author is told about a prompt before it is used. */
@NullMarked
package dev.orrery.pipeline.prompt.lint;

import org.jspecify.annotations.NullMarked;
