/** From a script to the timed packets of one answer. Pure: nothing here touches a connection. */
@NullMarked
package dev.orrery.simulator.play;

import org.jspecify.annotations.NullMarked;
