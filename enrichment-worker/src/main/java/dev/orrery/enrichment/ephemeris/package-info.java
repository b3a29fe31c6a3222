/**
 * Where Sun, Moon and planets stand: pure astronomy, in Java alone and without a network.
 *
 * <h2>What is computed</h2>
 *
 * <p>{@link dev.orrery.enrichment.ephemeris.Ephemeris} gives apparent geocentric positions in the
 * ecliptic of date: with light time, the Sun's bending of light and aberration, and with nutation
 * kept apart, because sidereal longitudes do not have it. {@link
 * dev.orrery.enrichment.ephemeris.Horizon} gives the rising point of the ecliptic, {@link
 * dev.orrery.enrichment.ephemeris.LunarNode} the Moon's mean node.
 *
 * <h2>Where it comes from</h2>
 *
 * <ul>
 *   <li>planets and Sun: VSOP87B (Bretagnon and Francou 1988), truncated;
 *   <li>Moon: ELP/MPP02 (Chapront and Francou 2003) with the constants fitted to DE405, truncated;
 *   <li>precession, obliquity and sidereal time: IAU 2006 (Capitaine, Wallace and Chapront 2003 and
 *       2005);
 *   <li>nutation: IAU 2000B (McCarthy and Luzum 2003);
 *   <li>aberration and the bending of light: Explanatory Supplement to the Astronomical Almanac
 *       (Urban and Seidelmann 2013), chapter 7;
 *   <li>ΔT: observations of the IERS and the USNO, and polynomials of Espenak and Meeus (2006).
 * </ul>
 *
 * <p>The coefficients are data in resource files beside the classes; each names its source and
 * licence in its header.
 *
 * <h2>How exact it is</h2>
 *
 * <p>ACCURACY
 */
@NullMarked
package dev.orrery.enrichment.ephemeris;

import org.jspecify.annotations.NullMarked;
