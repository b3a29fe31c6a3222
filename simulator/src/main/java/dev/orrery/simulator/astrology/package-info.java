/** AstrologyAPI.com as it looks on the wire, quirks included. */
@NullMarked
package dev.orrery.simulator.astrology;

import org.jspecify.annotations.NullMarked;
