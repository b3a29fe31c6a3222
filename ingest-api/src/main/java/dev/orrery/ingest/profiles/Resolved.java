package dev.orrery.ingest.profiles;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.ingest.places.Place;
import dev.orrery.ingest.places.Whereabouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the door made of the name of a place. It stands beside what was told and never in its stead,
 * so that an edited name is looked up anew; those who need numbers take them from here where none
 * were told.
 *
 * @param place that was taken, as a person would write it
 * @param zone of the IANA time zone database
 * @param latitude degrees, north is positive
 * @param longitude degrees, east is positive
 * @param utcOffset hours ahead of UTC at that moment, to the second; null where no moment was told
 * @param others places of the same name that may have been meant, the largest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Resolved(
        String place,
        String zone,
        double latitude,
        double longitude,
        @JsonProperty("utc_offset") @Nullable Double utcOffset,
        List<String> others) {

    private static final double SECONDS_PER_HOUR = 3600;

    /** Of a place at a moment. */
    static Resolved of(Whereabouts.Known known, Place place) {
        return new Resolved(
                place.title(),
                place.zone().getId(),
                known.latitude(),
                known.longitude(),
                known.offset().getTotalSeconds() / SECONDS_PER_HOUR,
                titles(known.others()));
    }

    /** Of a place at any time. */
    static Resolved of(Place place, List<Place> others) {
        return new Resolved(
                place.title(),
                place.zone().getId(),
                place.latitude(),
                place.longitude(),
                null,
                titles(others));
    }

    static List<String> titles(List<Place> places) {
        return places.stream().map(Place::title).toList();
    }

    /** Nothing: where somebody is or was born is personal data. */
    @Override
    public String toString() {
        return "Resolved[]";
    }
}
