/**
 * A birth chart computed with published low-precision formulas: good to one arc minute, Jupiter and
 * Saturn to ten. That is enough to play a service with; it is not a chart calculator.
 */
@NullMarked
package dev.orrery.simulator.astrology.chart;

import org.jspecify.annotations.NullMarked;
