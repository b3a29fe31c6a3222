package dev.orrery.llm.model;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON texts that are sent on as they are, and so have to be what they claim to be. */
final class JsonObjects {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private JsonObjects() {}

    /**
     * What the text says.
     *
     * @param what names it in the complaint, without saying what stands in it
     * @throws IllegalArgumentException when it is not exactly one object
     */
    static JsonNode of(String what, String text) {
        JsonNode read;
        try {
            read = JSON.readTree(text);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(what + " (expected: JSON)", unreadable);
        }
        if (!read.isObject()) {
            throw new IllegalArgumentException(
                    what + ": " + read.getNodeType() + " (expected: OBJECT)");
        }
        return read;
    }
}
