/** How identifiers are derived, so that whoever repeats a step writes the same ones. */
@NullMarked
package dev.orrery.ids;

import org.jspecify.annotations.NullMarked;
