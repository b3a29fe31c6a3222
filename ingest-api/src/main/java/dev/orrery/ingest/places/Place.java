package dev.orrery.ingest.places;

import java.time.ZoneId;
import java.util.Locale;

/**
 * A place of the table.
 *
 * @param country two letters of ISO 3166
 * @param region first-level region; empty where the table has none
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param population of the last count that GeoNames knows, 0 when it knows none
 */
public record Place(
        String name,
        String country,
        String region,
        double latitude,
        double longitude,
        ZoneId zone,
        long population) {

    /** How a person would write it: {@code Salem, Tamil Nadu, India}. */
    public String title() {
        String land = countryName();
        return region.isEmpty() ? name + ", " + land : name + ", " + region + ", " + land;
    }

    String countryName() {
        return Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
    }
}
