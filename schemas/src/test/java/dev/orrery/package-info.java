/** What holds for the module as a whole. */
@NullMarked
package dev.orrery;

import org.jspecify.annotations.NullMarked;
