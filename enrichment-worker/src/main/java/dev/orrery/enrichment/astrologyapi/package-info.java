/**
 * Computed charts in the words and shapes of AstrologyAPI.com, misspelt keys and double blanks
 * included, so that whoever reads its answers can read these. Pure: no HTTP here.
 */
@NullMarked
package dev.orrery.enrichment.astrologyapi;

import org.jspecify.annotations.NullMarked;
