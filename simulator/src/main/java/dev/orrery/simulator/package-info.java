/** Stands in for the outside world over its real wire formats, with faults on demand. */
@NullMarked
package dev.orrery.simulator;

import org.jspecify.annotations.NullMarked;
