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
 * <p>Every step was measured against something that shares nothing with it; the tests repeat the
 * measurements, on files that {@code src/test/golden} says how to make.
 *
 * <ol>
 *   <li>Leaving terms out costs less than 0.05″ of the Moon and 0.1″ of a planet between 1900 and
 *       2100: truncated against complete series.
 *   <li>The whole way, from the series through light time, bending, aberration and precession,
 *       against JPL DE405 reduced with ERFA, 10,500 apparent longitudes from 1960 to 2060. Worst
 *       deviations: Moon 0.03″, Sun 0.02″, Mercury and Venus 0.04″, Mars 0.13″, Jupiter 0.30″,
 *       Saturn 0.42″, most of it the theories' own. Nutation 0.002″, ascendant 0.01″.
 *   <li>Outside these years: the Sun against ERFA's Earth from 1900 to 2100, 0.03″; all bodies
 *       against Astronomy Engine, an independent MIT-licensed implementation that promises one arc
 *       minute, 18″ at worst. The authors of VSOP87 promise 1″ over far longer times.
 * </ol>
 *
 * <p>All this is in terrestrial time. What remains is ΔT: known to 0.3 seconds from 1900 to 2026,
 * that is 0.2″ of the Moon, and unknowable for the future, where by 2100 a minute, or 30″ of the
 * Moon, would surprise nobody. The ascendant moves by 15″ in each second, and births are told to
 * the minute.
 */
@NullMarked
package dev.orrery.enrichment.ephemeris;

import org.jspecify.annotations.NullMarked;
