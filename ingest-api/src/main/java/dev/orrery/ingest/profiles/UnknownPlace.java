package dev.orrery.ingest.profiles;

import dev.orrery.ingest.places.PlaceAnswer;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import java.util.Map;

/** How the door says that it knows no place of a name. */
final class UnknownPlace {

    private UnknownPlace() {}

    /** Names the value and, in {@code suggestions} too, the places that may have been meant. */
    static Problem problem(String field, PlaceAnswer.Unknown unknown) {
        return new Problem(
                ProblemCode.PLACE_NOT_RESOLVED,
                unknown.message(field),
                Map.of("suggestions", Resolved.titles(unknown.suggestions())));
    }
}
