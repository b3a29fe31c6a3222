package dev.orrery.ingest.profiles;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.ingest.places.Gazetteer;
import dev.orrery.ingest.places.PlaceAnswer;
import dev.orrery.ingest.places.Places;
import dev.orrery.pipeline.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is now: what the weather is asked for. Either coordinates or the name of a city;
 * coordinates win.
 *
 * @param name for people to read; null when only coordinates were told
 * @param latitude degrees, north is positive, -90 to 90; null when only a name was told
 * @param longitude degrees, east is positive, -180 to 180; null when only a name was told
 * @param resolved what the name stands for; null when coordinates were told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Home(
        @Nullable String name,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Resolved resolved) {

    static Home of(Fields document, Gazetteer gazetteer) {
        document.allowing("name", "latitude", "longitude", "resolved");
        var name = document.optionalText("name", Places.MOST_CHARACTERS);
        if (name != null && !document.has("latitude") && !document.has("longitude")) {
            return new Home(name, null, null, resolved(name, document, gazetteer));
        }
        return new Home(
                name,
                document.number("latitude", -90, 90),
                document.number("longitude", -180, 180),
                null);
    }

    private static Resolved resolved(String name, Fields document, Gazetteer gazetteer) {
        return switch (gazetteer.find(name)) {
            case PlaceAnswer.Found found -> Resolved.of(found.place(), found.others());
            case PlaceAnswer.Unknown unknown ->
                    throw UnknownPlace.problem(document.path("name"), unknown);
        };
    }

    /** Nothing: where somebody is is personal data. */
    @Override
    public String toString() {
        return "Home[]";
    }
}
