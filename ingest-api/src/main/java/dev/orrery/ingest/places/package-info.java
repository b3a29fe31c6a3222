/**
 * From the name of a place to its coordinates and its civil time.
 *
 * <p>The table in {@code places.tsv.gz} is made of GeoNames (geonames.org, licence CC BY 4.0): all
 * capitals, and places of 10,000 people and more, in India of 5,000. Offsets of the past are those
 * of the time zone data that the Java platform carries. Nothing here asks a network, and nothing
 * depends on the rest of the door.
 */
@NullMarked
package dev.orrery.ingest.places;

import org.jspecify.annotations.NullMarked;
