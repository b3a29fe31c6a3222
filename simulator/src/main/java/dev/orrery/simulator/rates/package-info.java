/** Frankfurter: daily reference rates of currencies. */
@NullMarked
package dev.orrery.simulator.rates;

import org.jspecify.annotations.NullMarked;
