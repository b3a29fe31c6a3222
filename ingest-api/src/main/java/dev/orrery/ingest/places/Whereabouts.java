package dev.orrery.ingest.places;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where and with which offset somebody was born, as far as what they told allows it to be said. */
public sealed interface Whereabouts {

    /**
     * All that a chart needs.
     *
     * @param place from which some of it was taken; null when all of it was given
     * @param others of the same name, which may have been meant
     */
    record Known(
            double latitude,
            double longitude,
            ZoneOffset offset,
            @Nullable Place place,
            List<Place> others)
            implements Whereabouts {

        public Known {
            others = List.copyOf(others);
        }

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
     * @param places finds a place by its name; asked only when something has to follow from it
     */
    static Whereabouts of(Told told, LocalDateTime local, Function<String, PlaceAnswer> places) {
        Double latitude = told.latitude();
        Double longitude = told.longitude();
        if ((latitude == null) != (longitude == null)) {
            return new Missing(latitude == null ? "latitude" : "longitude");
        }
        if (latitude != null && longitude != null && told.offset() != null) {
            return new Known(latitude, longitude, told.offset(), null, List.of());
        }
        String name = told.place();
        if (name == null) {
            return new Missing(latitude == null ? "place" : "utc_offset");
        }
        return switch (places.apply(name)) {
            case PlaceAnswer.Unknown unknown -> new UnknownPlace(unknown);
            case PlaceAnswer.Found found -> at(found, told, local);
        };
    }

    private static Whereabouts at(PlaceAnswer.Found found, Told told, LocalDateTime local) {
        if (told.offset() != null) {
            return known(found, told, told.offset());
        }
        Place place = found.place();
        return switch (CivilTime.of(local, place.zone())) {
            case CivilTime.Once once -> known(found, told, once.offset());
            case CivilTime.Twice twice -> new TimeCameTwice(place, twice);
            case CivilTime.Never never -> new TimeNeverCame(place, never);
        };
    }

    private static Known known(PlaceAnswer.Found found, Told told, ZoneOffset offset) {
        Place place = found.place();
        Double latitude = told.latitude();
        Double longitude = told.longitude();
        return latitude == null || longitude == null
                ? new Known(place.latitude(), place.longitude(), offset, place, found.others())
                : new Known(latitude, longitude, offset, place, found.others());
    }
}
