/** Words that every module uses when it speaks of a turn and its reply. */
@NullMarked
package dev.orrery.turns;

import org.jspecify.annotations.NullMarked;
