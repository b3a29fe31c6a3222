package dev.orrery.prompt.profiles;

import dev.orrery.prompt.template.ValueText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a user said about themselves, in the version that was in force when the turn was accepted.
 *
 * @param document as the door stored it; read only
 */
public record Profile(JsonNode document) {

    /** Of a user who has said nothing. */
    public static final Profile EMPTY = new Profile(JsonNodeFactory.instance.objectNode());

    /** The field's text, see {@link ValueText}; empty when it is not there. */
    public String text(String field) {
        return ValueText.of(document.get(field));
    }

    /** Nothing: it is personal data. */
    @Override
    public String toString() {
        return "Profile[]";
    }
}
