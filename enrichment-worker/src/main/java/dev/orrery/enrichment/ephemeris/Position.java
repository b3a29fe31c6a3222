package dev.orrery.enrichment.ephemeris;

/**
 * An apparent geocentric place in the ecliptic of date.
 *
 * @param longitude degrees from the <em>mean</em> equinox of date, 0 to 360 without 360; printed
 *     ephemerides count from the true one, which adds the nutation
 * @param latitude degrees, north positive
 * @param distance au, at the moment when the light set out
 * @param speed degrees of longitude a day; negative when the body is retrograde
 */
public record Position(double longitude, double latitude, double distance, double speed) {}
