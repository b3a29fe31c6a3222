/** The Vedic birth chart, from a service of AstrologyAPI.com's shape. */
@NullMarked
package dev.orrery.enrichment.birthchart;

import org.jspecify.annotations.NullMarked;
