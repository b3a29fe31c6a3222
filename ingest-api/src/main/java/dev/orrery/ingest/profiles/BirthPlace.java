package dev.orrery.ingest.profiles;

import dev.orrery.ingest.places.Gazetteer;
import dev.orrery.ingest.places.Places;
import dev.orrery.ingest.places.Whereabouts;
import dev.orrery.pipeline.http.Fields;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody was born, as it was told: a name, coordinates and an offset, or some of each. What
 * is told directly wins over what follows from the name.
 */
record BirthPlace(
        @Nullable String name,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Double utcOffset) {

    private static final int SECONDS_PER_HOUR = 3600;

    static BirthPlace of(Fields document) {
        return new BirthPlace(
                document.optionalText("place", Places.MOST_CHARACTERS),
                document.optionalNumber("latitude", -90, 90),
                document.optionalNumber("longitude", -180, 180),
                document.has("utc_offset") ? offset(document) : null);
    }

    private static double offset(Fields document) {
        double hours = document.number("utc_offset", -12, 14);
        if (hours * 4 != Math.rint(hours * 4)) {
            throw document.invalid(
                    "utc_offset", "not whole quarters (expected: hours in steps of 0.25)");
        }
        return hours;
    }

    /**
     * What follows from the name; null when nothing had to.
     *
     * @param local civil time of birth, which decides on the offset
     */
    @Nullable Resolved resolved(LocalDateTime local, Fields document, Gazetteer gazetteer) {
        return switch (Whereabouts.of(told(), local, gazetteer::find)) {
            case Whereabouts.Known known ->
                    known.place() == null ? null : Resolved.of(known, known.place());
            case Whereabouts.UnknownPlace unknown ->
                    throw UnknownPlace.problem(document.path("place"), unknown.answer());
            case Whereabouts.TimeCameTwice twice ->
                    throw document.invalid(
                            "time",
                            "came twice in "
                                    + twice.place().title()
                                    + ", whose clocks were put back (expected: utc_offset beside it, "
                                    + hours(twice.times().earlier())
                                    + " or "
                                    + hours(twice.times().later())
                                    + ")");
            case Whereabouts.TimeNeverCame never ->
                    throw document.invalid(
                            "time",
                            "never came in "
                                    + never.place().title()
                                    + ", whose clocks were put forward (expected: before it, or from "
                                    + never.gap().until()
                                    + " on)");
            case Whereabouts.Missing missing ->
                    throw document.invalid(
                            missing.field(),
                            "missing (expected: place, or latitude, longitude and utc_offset)");
        };
    }

    private Whereabouts.Told told() {
        return new Whereabouts.Told(
                name,
                latitude,
                longitude,
                utcOffset == null
                        ? null
                        : ZoneOffset.ofTotalSeconds((int) Math.rint(utcOffset * SECONDS_PER_HOUR)));
    }

    private static double hours(ZoneOffset offset) {
        return (double) offset.getTotalSeconds() / SECONDS_PER_HOUR;
    }

    /** Nothing: where somebody was born is personal data. */
    @Override
    public String toString() {
        return "BirthPlace[]";
    }
}
