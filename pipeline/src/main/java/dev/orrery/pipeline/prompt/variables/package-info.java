/** What a template may speak of, and how each thing is written. */
@NullMarked
package dev.orrery.pipeline.prompt.variables;

import org.jspecify.annotations.NullMarked;
