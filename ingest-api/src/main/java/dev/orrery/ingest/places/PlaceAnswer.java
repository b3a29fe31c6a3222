package dev.orrery.ingest.places;

import java.util.List;

/** What the table says about a name. */
public sealed interface PlaceAnswer {

    /**
     * The place that most people mean.
     *
     * @param others of the same name, the largest first; at most {@value Places#MOST_SUGGESTIONS}
     */
    record Found(Place place, List<Place> others) implements PlaceAnswer {

        public Found {
            others = List.copyOf(others);
        }
    }

    /**
     * No such place.
     *
     * @param name as it was asked
     * @param suggestions places whose names are nearest, the best first; empty when none is near
     */
    record Unknown(String name, List<Place> suggestions) implements PlaceAnswer {

        public Unknown {
            suggestions = List.copyOf(suggestions);
        }

        /**
         * For the one who asked; it repeats what they wrote, so it is not for logs.
         *
         * @param field in which they wrote it
         */
        public String message(String field) {
            String near =
                    suggestions.isEmpty()
                            ? "the name of a city, for example \"Salem, India\", or latitude and longitude"
                            : String.join("; ", suggestions.stream().map(Place::title).toList());
            return field + ": " + name + " is not known (expected: " + near + ")";
        }
    }
}
