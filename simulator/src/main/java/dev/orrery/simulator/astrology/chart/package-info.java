/**
 * A birth chart computed with published low-precision formulas: good to three arc minutes, the Moon
 * and the ascendant to a few seconds of arc. That is enough to play a service with.
 */
@NullMarked
package dev.orrery.simulator.astrology.chart;

import org.jspecify.annotations.NullMarked;
