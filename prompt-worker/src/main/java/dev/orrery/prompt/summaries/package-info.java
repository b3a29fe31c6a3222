/** Long conversations, summed up: written beside the turns, read for them. */
@NullMarked
package dev.orrery.prompt.summaries;

import org.jspecify.annotations.NullMarked;
