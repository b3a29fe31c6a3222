/** Daily reference rates of currencies, from a service of Frankfurter's shape. */
@NullMarked
package dev.orrery.enrichment.rates;

import org.jspecify.annotations.NullMarked;
