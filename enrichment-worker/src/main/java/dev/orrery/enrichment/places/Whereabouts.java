package dev.orrery.enrichment.places;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Where and with which offset somebody was born, as far as what they told allows it to be said. */
public sealed interface Whereabouts {

    /**
     * All that a chart needs.
     *
     * @param place from which some of it was taken; null when all of it was given
     */
    record Known(double latitude, double longitude, ZoneOffset offset, @Nullable Place place)
            implements Whereabouts {

        /** Nothing: where somebody was born is personal data. */
        @Override
        public String toString() {
            return "Known[]";
        }
    }

    /** The place has to be named otherwise, or coordinates and offset be given. */
    record UnknownPlace(PlaceAnswer.Unknown answer) implements Whereabouts {}

    /** The offset has to be given, because the place had this time twice. */
    record TimeCameTwice(Place place, CivilTime.Twice times) implements Whereabouts {}

    /** The time cannot be right, because the place never had it. */
    record TimeNeverCame(Place place, CivilTime.Never gap) implements Whereabouts {}

    /**
     * Not enough was given.
     *
     * @param field {@code latitude}, {@code longitude}, {@code utc_offset} or {@code place}
     */
    record Missing(String field) implements Whereabouts {}

    /** What somebody told; whatever is given directly wins over what follows from the place. */
    record Told(
            @Nullable String place,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable ZoneOffset offset) {

        /** Nothing: where somebody was born is personal data. */
        @Override
        public String toString() {
            return "Told[]";
        }
    }

    /**
     * @param local time of birth, from which the offset follows when only a place is told
     */
    static Whereabouts of(Told told, LocalDateTime local, Places places) {
        Double latitude = told.latitude();
        Double longitude = told.longitude();
        if ((latitude == null) != (longitude == null)) {
            return new Missing(latitude == null ? "latitude" : "longitude");
        }
        if (latitude != null && longitude != null && told.offset() != null) {
            return new Known(latitude, longitude, told.offset(), null);
        }
        String name = told.place();
        if (name == null) {
            return new Missing(latitude == null ? "place" : "utc_offset");
        }
        return switch (places.find(name)) {
            case PlaceAnswer.Unknown unknown -> new UnknownPlace(unknown);
            case PlaceAnswer.Found found -> at(found.place(), told, local);
        };
    }

    private static Whereabouts at(Place place, Told told, LocalDateTime local) {
        if (told.offset() != null) {
            return known(place, told, told.offset());
        }
        ZoneId zone = place.zone();
        return switch (CivilTime.of(local, zone)) {
            case CivilTime.Once once -> known(place, told, once.offset());
            case CivilTime.Twice twice -> new TimeCameTwice(place, twice);
            case CivilTime.Never never -> new TimeNeverCame(place, never);
        };
    }

    private static Known known(Place place, Told told, ZoneOffset offset) {
        Double latitude = told.latitude();
        Double longitude = told.longitude();
        return latitude == null || longitude == null
                ? new Known(place.latitude(), place.longitude(), offset, place)
                : new Known(latitude, longitude, offset, place);
    }
}
