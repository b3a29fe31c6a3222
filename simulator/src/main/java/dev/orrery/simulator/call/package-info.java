/** What a simulated service was asked, and how each call ended. */
@NullMarked
package dev.orrery.simulator.call;

import org.jspecify.annotations.NullMarked;
