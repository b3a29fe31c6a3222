package dev.orrery.pipeline.prompt.yaml;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A document as it was read.
 *
 * @param places where each value begins, by identity
 */
public record YamlDocument(YamlValue root, Map<YamlValue, Place> places) {

    public YamlDocument {
        places = new IdentityHashMap<>(places);
    }

    /** Where a value of this document begins. */
    public Place placeOf(YamlValue value) {
        return places.getOrDefault(value, Place.START);
    }
}
