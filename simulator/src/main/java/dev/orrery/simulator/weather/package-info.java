/** Open-Meteo: the weather of a place. */
@NullMarked
package dev.orrery.simulator.weather;

import org.jspecify.annotations.NullMarked;
