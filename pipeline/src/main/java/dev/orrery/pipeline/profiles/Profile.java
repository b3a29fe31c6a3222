package dev.orrery.pipeline.profiles;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a user said about themselves.
 *
 * @param document as the door stored it; read only
 */
public record Profile(JsonNode document) {

    /** Of a user who has said nothing. */
    public static final Profile EMPTY = new Profile(JsonNodeFactory.instance.objectNode());

    /** Nothing: it is personal data. */
    @Override
    public String toString() {
        return "Profile[]";
    }
}
