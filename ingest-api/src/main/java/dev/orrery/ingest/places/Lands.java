package dev.orrery.ingest.places;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What people write behind a comma to say which of several places they mean. */
final class Lands {

    /** Short names that no standard has. */
    private static final Map<String, String> COLLOQUIAL =
            Map.of("uk", "GB", "england", "GB", "scotland", "GB", "wales", "GB", "uae", "AE");

    private final Map<String, String> codes = new HashMap<>();

    Lands() {
        for (String code : Locale.getISOCountries()) {
            Locale land = Locale.of("", code);
            codes.put(Spelling.of(code), code);
            codes.put(Spelling.of(land.getISO3Country()), code);
            codes.put(Spelling.of(land.getDisplayCountry(Locale.ENGLISH)), code);
        }
        codes.putAll(COLLOQUIAL);
    }

    /**
     * Whether a place lies where the words say.
     *
     * @param word a region, or a country as name or code, in one spelling
     */
    boolean contains(String word, Place place) {
        return place.country().equals(codes.get(word)) || Spelling.of(place.region()).equals(word);
    }
}
