package dev.orrery.ingest.places;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds places by name. Immutable; may be asked on any thread. A known name takes microseconds; the
 * suggestions for an unknown one compare it with every name of the table, which takes tens of
 * milliseconds and so has no place on an event loop.
 */
public final class Places {

    /** Places suggested, or named as others of the same name. */
    public static final int MOST_SUGGESTIONS = 5;

    /** Of a name; what is longer is not known. */
    public static final int MOST_CHARACTERS = 200;

    /** Shorter beginnings would match half the world. */
    private static final int LEAST_BEGINNING = 3;

    private final PlaceTable table;

    private final Lands lands = new Lands();

    private Places(PlaceTable table) {
        this.table = table;
    }

    /** Reads the table from the class path, once: about a second, and 25 MB of memory. */
    public static Places load() {
        return new Places(PlaceTable.load());
    }

    /**
     * @param text a name, then perhaps region and country, after commas: {@code Salem}, {@code
     *     Salem, India}, {@code Salem, Oregon, US}; any spelling, case and accents do not matter
     */
    public PlaceAnswer find(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new PlaceAnswer.Unknown(text.substring(0, MOST_CHARACTERS), List.of());
        }
        List<String> words =
                Arrays.stream(text.split("[,;]"))
                        .map(Spelling::of)
                        .filter(w -> !w.isEmpty())
                        .toList();
        if (words.isEmpty()) {
            return new PlaceAnswer.Unknown(text, List.of());
        }
        Predicate<Place> inLand = inAll(words.subList(1, words.size()));
        List<Place> found =
                table.named(words.getFirst()).stream()
                        .map(PlaceTable.Entry::place)
                        .filter(inLand)
                        .limit(MOST_SUGGESTIONS + 1L)
                        .toList();
        return found.isEmpty()
                ? new PlaceAnswer.Unknown(text, suggestions(words.getFirst(), inLand))
                : new PlaceAnswer.Found(found.getFirst(), found.subList(1, found.size()));
    }

    private Predicate<Place> inAll(List<String> words) {
        return place -> words.stream().allMatch(word -> lands.contains(word, place));
    }

    /** Places of like names in that land; without any, places of that name elsewhere. */
    private List<Place> suggestions(String name, Predicate<Place> inLand) {
        List<Place> there = nearest(name, inLand);
        return there.isEmpty() ? nearest(name, anywhere -> true) : there;
    }

    /** A place with its distance from what was asked. */
    private record Near(Place place, int distance, double weight) {}

    private List<Place> nearest(String name, Predicate<Place> wanted) {
        int most = Math.clamp(name.length() / 3, 1, 3);
        return table.names()
                .flatMap(named -> near(name, named.getKey(), named.getValue(), most))
                .filter(near -> wanted.test(near.place()))
                .sorted(
                        Comparator.comparingInt(Near::distance)
                                .thenComparing(Near::weight, Comparator.reverseOrder()))
                .map(Near::place)
                .distinct()
                .limit(MOST_SUGGESTIONS)
                .toList();
    }

    private static Stream<Near> near(
            String asked, String name, List<PlaceTable.Entry> entries, int most) {
        int distance = distance(asked, name, most);
        return distance > most
                ? Stream.empty()
                : entries.stream().map(entry -> new Near(entry.place(), distance, entry.weight()));
    }

    /** A name that begins like the other is as good as one with a misspelt letter. */
    private static int distance(String asked, String name, int most) {
        boolean begins =
                Math.min(asked.length(), name.length()) >= LEAST_BEGINNING
                        && (name.startsWith(asked) || asked.startsWith(name + " "));
        return begins ? 1 : Spelling.distance(asked, name, most);
    }
}
