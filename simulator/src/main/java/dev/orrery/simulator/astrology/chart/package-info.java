/** A birth chart computed with published low-precision formulas: good to arc minutes. */
@NullMarked
package dev.orrery.simulator.astrology.chart;

import org.jspecify.annotations.NullMarked;
