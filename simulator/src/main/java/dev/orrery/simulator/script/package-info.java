/**
 * What a simulated service is told to do: pace and fault, and the small language both are written
 * in.
 */
@NullMarked
package dev.orrery.simulator.script;

import org.jspecify.annotations.NullMarked;
