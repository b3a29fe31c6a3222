/**
 * The Vedic birth chart: what tradition reads from the places that {@link
 * dev.orrery.enrichment.ephemeris} computes. Sidereal zodiac of Lahiri, whole-sign houses, mean
 * lunar nodes, Vimshottari periods of 365.25 days a year.
 */
@NullMarked
package dev.orrery.enrichment.chart;

import org.jspecify.annotations.NullMarked;
